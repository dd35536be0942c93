"""The small checks of what is typed in a case."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.cases_kit import guideline
from vaern.cases.rules.checks import BRINGABLE, check_bring_in, check_facts, check_open

BROVST = guideline("brovst")


@pytest.mark.parametrize(
    ("year", "code"), [(1, "unlikely_date"), (1999, "unlikely_date"), (2000, ""), (2099, ""), (9999, "unlikely_date")]
)
def test_an_event_in_a_year_nobody_means_is_refused(year: int, code: str) -> None:
    """A deadline two months after the year 9999 was a fault on the page of the case, each time it was opened."""
    events = {"discovered": datetime(year, 6, 1, tzinfo=UTC)}
    refusal = check_facts({}, events, BROVST.fact, frozenset(BROVST.event))
    assert (refusal.code if refusal else "") == code
    assert refusal is None or refusal.field == "discovered_on"


@pytest.mark.parametrize(
    ("answer", "code"), [("yes", ""), ("no", "no_consent"), ("unknown", "no_consent"), ("", "no_consent")]
)
def test_a_shop_steward_comes_by_the_employees_yes_only(answer: str, code: str) -> None:
    refusal = check_bring_in("tr", "Hun kan hjælpe", False, answer)
    assert (refusal.code if refusal else "") == code


@pytest.mark.parametrize("role", sorted(set(BRINGABLE) - {"tr"}))
def test_the_others_need_no_yes(role: str) -> None:
    assert check_bring_in(role, "Hun kan hjælpe", False) is None


@pytest.mark.parametrize(("state", "code"), [("open", ""), ("closed", "case_closed")])
def test_nothing_is_written_in_a_closed_case(state: str, code: str) -> None:
    refusal = check_open(state)
    assert (refusal.code if refusal else "") == code
