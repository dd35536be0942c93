from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.people_kit import Municipality, a_municipality
from tests.stamps_kit import Running, an_authority


@pytest.fixture(scope="session")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with an_authority(tmp_path_factory.mktemp("tsa")) as running:
        yield running


@pytest.fixture(autouse=True)
def vault_folder(settings: Any, tmp_path: Path) -> Path:
    settings.EVIDENCE = tmp_path / "evidence"
    return tmp_path / "evidence"


@pytest.fixture
def people(db: None) -> Municipality:
    return a_municipality()
