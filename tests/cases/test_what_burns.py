"""What burns comes first: danger, silence by the guideline's own number, and duties as the guideline tells them."""

from __future__ import annotations

import pytest

from tests.cases_kit import NOW, adopt, fresh, guideline, later, open_case, report
from tests.people_kit import Municipality, a_municipality, actor
from vaern.cases import queries, service
from vaern.cases.models import Case
from vaern.guideline.composed import Composed


@pytest.fixture
def town(db: None) -> Municipality:
    return a_municipality()


def test_a_case_with_danger_is_on_top_of_every_list_until_it_is_over(town: Municipality) -> None:
    calm = open_case(town, posted_on="2026-11-16", discovered_on="2026-11-16")
    danger = report(town.karim, town.mads, danger_now="yes", now=later(minutes=1))
    mads, now = actor(town.mads), later(hours=1)
    assert [line.id for line in queries.case_lines(mads, now)[0]] == [danger.pk, calm.pk]
    assert [line.in_danger for line in queries.case_lines(mads, now)[0]] == [True, False]
    assert [line.id for line in queries.inbox_lines(mads, now)] == [danger.pk]
    for urgency in ("now", "later"):
        heap = [line.case_id for line in queries.duty_lines(mads, now) if line.urgency == urgency]
        assert heap == sorted(heap, key=lambda case: case != danger.pk)
        assert danger.pk in heap
    service.note_facts(actor=mads, case_id=danger.pk, facts={"danger_now": "no"}, events={}, now=now)
    assert [line.id for line in queries.case_lines(mads, now)[0]] == [calm.pk, danger.pk]
    assert queries.inbox_lines(mads, now) == []


def test_danger_is_not_told_to_who_only_sees_what_is_done(town: Municipality) -> None:
    """What the case is about is not the safety representative's to know unasked."""
    open_case(town, danger_now="yes")
    assert [line.in_danger for line in queries.case_lines(actor(town.amalie), NOW)[0]] == [False]


def test_duties_come_as_the_guideline_tells_them(town: Municipality) -> None:
    case = open_case(town, "albertslund", national=False)
    told = [duty.id for duty in guideline("albertslund", national=False).pack.duties]
    rows = [row.id for row in queries.plan_of(fresh(case), NOW).rows]
    assert rows == told
    mine = [line.duty for line in queries.duty_lines(actor(town.mads), NOW) if line.urgency == "now"]
    assert mine == [duty for duty in told if duty in mine]
    assert mine[0] == "remove_content"


def test_the_guidelines_own_days_of_silence_count_before_the_organisations(town: Municipality) -> None:
    whole = guideline("brovst", national=False)
    head = whole.pack.pack.model_copy(update={"silence_days": 5})
    own = Composed(whole.pack.model_copy(update={"pack": head}))
    older = open_case(town)
    service.adopt_guideline(organisation_id=town.organisation_id, composed=own, actor_id=None, now=later(minutes=1))
    newer = report(town.karim, town.mads, now=later(minutes=2))
    assert _silent(town, older, newer, days=4) == [older.pk]
    assert _silent(town, older, newer, days=6) == [older.pk, newer.pk]
    adopt(town.organisation_id)
    assert queries.silence_of(fresh(newer), later(days=4)).limit_days == 5, "a case keeps the guideline it began under"


def _silent(town: Municipality, *cases: Case, days: int) -> list[object]:
    now = later(days=days)
    found = [line.id for line in queries.inbox_lines(actor(town.mads), now) if line.silence and line.silence.alarm]
    assert found == [case.pk for case in cases if queries.silence_of(fresh(case), now).alarm]
    return found
