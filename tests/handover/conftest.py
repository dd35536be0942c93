from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.people_kit import Municipality, a_municipality


@pytest.fixture(autouse=True)
def vault_folder(settings: Any, tmp_path: Path) -> Path:
    """Each test has an empty vault, and no keys but its own."""
    settings.EVIDENCE, settings.KEYS = tmp_path / "evidence", tmp_path / "keys"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path / "evidence"


@pytest.fixture
def people(db: None) -> Municipality:
    return a_municipality()
