from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.people_kit import Municipality, a_municipality


@pytest.fixture(autouse=True)
def vault_folder(settings: Any, tmp_path: Path) -> Path:
    """Each test has an empty vault."""
    settings.EVIDENCE = tmp_path / "evidence"
    return tmp_path / "evidence"


@pytest.fixture
def people(db: None) -> Municipality:
    return a_municipality()
