from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.people_kit import Municipality, a_municipality


@pytest.fixture(autouse=True)
def vault_folder(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE, settings.KEYS = tmp_path / "evidence", tmp_path / "keys"


@pytest.fixture
def people(db: None) -> Municipality:
    return a_municipality()
