"""Anna's workplace with a guideline in use."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from tests import people_kit
from tests.cases_kit import adopt
from tests.people_kit import Municipality


@pytest.fixture
def town(db: None, settings: Settings, tmp_path: Path) -> Municipality:
    settings.EVIDENCE = tmp_path / "evidence"
    town = people_kit.a_municipality()
    adopt(town.organisation_id, "albertslund")
    return town


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)
