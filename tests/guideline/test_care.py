"""The layer of suggestions: it asks again, it is shown as nobody's law, and no case waits for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.cases_kit import PACKS
from vaern.guideline.compose import compose
from vaern.guideline.composed import Composed
from vaern.guideline.facts import CaseFacts, Done, Row, State
from vaern.guideline.load import load
from vaern.guideline.pack import Modality
from vaern.guideline.plan import plan

REPORTED = datetime(2026, 11, 17, 13, 0, tzinfo=UTC)  # a Tuesday, two in the afternoon in Denmark


def whole(pack: str) -> Composed:
    return compose(load(PACKS / pack), [load(PACKS / "national"), load(PACKS / "care")])


def rows(hours: float, *done: Done, pack: str = "brovst", **facts: tuple[str, ...]) -> dict[str, Row]:
    now = REPORTED + timedelta(hours=hours)
    case = CaseFacts(facts=dict(facts), events={"reported": REPORTED, "discovered": REPORTED}, done=done)
    return {row.id: row for row in plan(whole(pack), case, now)}


@pytest.mark.parametrize("pack", ["brovst", "albertslund", "example"])
def test_it_lies_on_every_guideline_and_holds_no_case_open(pack: str) -> None:
    found = rows(24 * 100, pack=pack, colleagues_affected=("yes",), absence=("yes",))
    own = [row for row in found.values() if row.layer == "care"]
    assert len(own) == len(load(PACKS / "care").duties)
    assert not any(row.must_close for row in own)
    assert {whole(pack).duty[row.id].modality for row in own} == {Modality.MAY}
    assert all(not whole(pack).duty[row.id].clauses for row in own), "no clause of the guideline is claimed for it"


def test_the_same_evening_and_the_next_day() -> None:
    early, evening, night = rows(1), rows(5), rows(16)
    assert early["care_this_evening"].state is State.WAITING
    assert evening["care_this_evening"].state is State.OWED
    assert evening["care_this_evening"].due == REPORTED + timedelta(hours=10)
    assert evening["care_next_day"].state is State.WAITING
    assert night["care_next_day"].state is State.OWED


def test_one_talks_again_every_other_week_until_three_months_have_passed() -> None:
    first = Done(duty="care_talk", at=REPORTED + timedelta(days=5), outcome="done", by_role="manager")
    assert rows(24 * 4)["care_talk"].state is State.OWED
    assert rows(24 * 10, first)["care_talk"].due == REPORTED + timedelta(days=5 + 14)
    late = Done(duty="care_late", at=REPORTED + timedelta(days=95), outcome="done", by_role="manager")
    assert rows(24 * 120, first, late)["care_talk"].state is State.DONE


def test_the_manager_is_asked_by_the_level_above_and_absence_asks_for_the_first_day_back() -> None:
    found = rows(24 * 3, absence=("yes",))
    assert found["care_manager"].owners == ("managers_manager",)
    assert found["care_back_at_work"].state is State.OWED
    assert "care_back_at_work" not in rows(24 * 3, absence=("no",)) or (
        rows(24 * 3, absence=("no",))["care_back_at_work"].state is State.NOT_RELEVANT
    )
