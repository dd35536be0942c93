from __future__ import annotations

import pytest

from tests.cases_kit import open_case
from tests.people_kit import Municipality, a_municipality
from vaern.cases.models import Case


@pytest.fixture
def town(db: None) -> Municipality:
    return a_municipality()


@pytest.fixture
def case(town: Municipality) -> Case:
    return open_case(town)
