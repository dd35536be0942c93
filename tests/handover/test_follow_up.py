"""A plan that went to another system stays followed up here, day by day, until somebody has said what became of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from tests.cases_kit import NOW, open_case
from tests.handover.kit import begun, confirmed, filled
from tests.people_kit import Municipality, actor, logged_in
from tests.web.case_kit import at
from vaern.cases.facts import Crew
from vaern.cases.models import Case
from vaern.core.refusal import Refused
from vaern.handover import queries, rules, service
from vaern.handover.channels import CHANNELS
from vaern.handover.facts import Handover
from vaern.journal import queries as journal
from vaern.notices import rules as notices
from vaern.notices import service as notices_service
from vaern.notices.models import Notice

pytestmark = pytest.mark.django_db
DAYS = {"when": "2026-12-01", "effect_on": "2027-03-01"}


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people, "albertslund")


@pytest.fixture
def plan(people: Municipality, case: Case) -> Handover:
    handover = begun(people, case, "defgo", "register_apv")
    return confirmed(people, filled(people, handover, **DAYS), "DEFGO 12")


def answer(people: Municipality, plan: Handover, words: str, field: str = "effect_on") -> None:
    service.follow_up_handover(
        actor=actor(people.mads), case_id=plan.case_id, handover_id=plan.id, field=field, answer=words, now=NOW
    )


def test_nothing_is_asked_before_the_other_system_has_it_and_then_each_day_of_the_sheet(
    people: Municipality, case: Case
) -> None:
    handover = filled(people, begun(people, case, "defgo", "register_apv"), **DAYS)
    assert queries.follow_ups(case.pk, handover.id) == []
    confirmed(people, handover, "DEFGO 12")
    asked = [(one.field, one.due) for one in queries.follow_ups(case.pk, handover.id)]
    assert asked == [("when", date(2026, 12, 1)), ("effect_on", date(2027, 3, 1))]


def test_it_falls_due_on_its_day_and_is_asked_until_it_is_answered(people: Municipality, plan: Handover) -> None:
    home = people.organisation_id
    assert queries.follow_ups_due(home, date(2026, 11, 30)) == []
    assert [one.field for one in queries.follow_ups_due(home, date(2026, 12, 1))] == ["when"]
    answer(people, plan, "Ja, skiltet er oppe.", "when")
    assert queries.follow_ups_due(home, date(2027, 2, 28)) == []
    assert [one.field for one in queries.follow_ups_due(home, date(2027, 3, 1))] == ["effect_on"]
    assert queries.follow_ups_due(people.xenia.organisation_id, date(2027, 3, 1)) == []


def test_a_closed_case_is_still_asked_whether_its_plan_works(people: Municipality, case: Case, plan: Handover) -> None:
    type(case).objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    answer(people, plan, "Der har været færre opslag.")
    [kept] = [one for one in queries.follow_ups(case.pk, plan.id) if one.field == "effect_on"]
    assert (kept.answer, kept.answered_by) == ("Der har været færre opslag.", people.mads.pk)
    entry = journal.entries_of(f"case:{case.pk}", acts=["follow_up_handover"], limit=1)[0]
    assert "færre" not in str(entry.data)


@pytest.mark.parametrize(("field", "words", "code"), [("effect_on", " ", "no_answer"), ("unit", "x", "not_asked")])
def test_what_is_wrong_is_said(people: Municipality, plan: Handover, field: str, words: str, code: str) -> None:
    with pytest.raises(Refused) as raised:
        answer(people, plan, words, field)
    assert raised.value.refusal.code == code


def test_a_day_that_is_none_asks_nothing() -> None:
    assert rules.follow_ups(CHANNELS["defgo"], {"when": "snart", "effect_on": ""}) == ()


def test_whoever_has_the_case_is_told_at_the_steps_of_a_missed_deadline(plan: Handover) -> None:
    [one] = [asked for asked in queries.follow_ups(plan.case_id, plan.id) if asked.field == "when"]
    crew = Crew(affected=frozenset({1}), handlers=frozenset({2, 3}), excluded=frozenset({3}))
    told = {
        (owed.user_id, owed.kind, owed.key)
        for days in range(60)
        for owed in notices.follow_ups(one, crew, one.due + timedelta(days=days))
    }
    assert {(user, kind) for user, kind, _ in told} == {(2, "follow_up")}
    assert len(told) == 4


def test_the_clock_tells_it_once(people: Municipality, plan: Handover) -> None:
    with time_machine.travel("2026-12-01T09:00:00+01:00", tick=False):
        notices_service.remind()
        assert Notice.objects.filter(kind="follow_up", user=people.mads).count() == 1
        notices_service.remind()
    assert Notice.objects.filter(kind="follow_up").count() == 1


def test_the_page_asks_and_shows_the_answer_with_nothing_lost(people: Municipality, plan: Handover, case: Case) -> None:
    mads, page = logged_in(people.mads), at("see_handover", case, handover=plan.id)
    assert "Virker det? Hvad kan I se?" in mads.get(page).content.decode()
    act = at("follow_up_handover", case, handover=plan.id)
    refused = mads.post(act, {"field": "effect_on", "answer": ""})
    assert refused.status_code == 422
    assert "Skriv, hvad der blev af det." in refused.content.decode()
    assert mads.post(act, {"field": "effect_on", "answer": "Ja, det hjælper."}).status_code == 302
    assert "Ja, det hjælper." in mads.get(page).content.decode()
    assert mads.post(act, {"field": "ukendt", "answer": "x"}).status_code == 422
