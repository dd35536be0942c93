"""What she needs, told at any time, and conversations written down: what is wrong with one, and what follows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases_kit import NOW, fresh, later, open_case, owed, row
from tests.people_kit import Municipality, a_municipality, actor
from vaern.cases import queries, service
from vaern.cases.facts import NeedsGiven, Talked, TalkGiven
from vaern.cases.rules import check_needs, talk
from vaern.core.refusal import Refused
from vaern.guideline.facts import State

TALK = TalkGiven(way="phone", text="Hun sov dårligt.")


def said(**given: object) -> TalkGiven:
    return TalkGiven(**{"way": "meeting", "text": "Vi talte.", **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        (said(way=""), {"way"}),
        (said(way="telepathy"), {"way"}),
        (said(text="  "), {"text"}),
        (said(text="x" * 20_001, agreed="x" * 20_001), {"text", "agreed"}),
        (said(on_date=date(2026, 11, 18)), {"on_date"}),
        (said(on_date=date(1926, 11, 17)), {"on_date"}),
        (said(on_date=date(2026, 11, 17), at_time="25:00"), {"at_time"}),
        (said(next_on=date(2026, 11, 16)), {"next_on"}),
        (said(next_on=date(2926, 11, 16)), {"next_on"}),
        (said(needs=NeedsGiven(impact="x" * 20_001)), {"impact"}),
        (said(way="", text=""), {"way", "text"}),
    ],
)
def test_everything_wrong_is_said_beside_its_field(given: TalkGiven, wrong: set[str]) -> None:
    answer = talk(given, None, NOW)
    assert isinstance(answer, tuple)
    assert {refusal.field for refusal in answer} == wrong


@pytest.mark.parametrize(
    ("given", "before", "held", "next_on"),
    [
        (said(), None, NOW, None),
        (said(on_date=date(2026, 11, 16)), None, datetime(2026, 11, 16, 11, tzinfo=UTC), None),
        (said(on_date=date(2026, 11, 17)), None, NOW, None),
        (said(next_on=date(2026, 11, 20)), date(2026, 11, 17), NOW, date(2026, 11, 20)),
        # The one agreed for a later day still counts; the one agreed for today has been held.
        (said(), date(2026, 11, 20), NOW, date(2026, 11, 20)),
        (said(), date(2026, 11, 17), NOW, None),
        (said(), date(2026, 11, 1), NOW, None),
    ],
)
def test_when_it_was_held_and_which_day_is_the_next(
    given: TalkGiven, before: date | None, held: datetime, next_on: date | None
) -> None:
    assert talk(given, before, NOW) == Talked(held, next_on)


@given(st.integers(-400, 400), st.integers(-400, 400))
def test_an_agreed_day_never_lies_before_the_conversation(before: int, held: int) -> None:
    agreed = NOW.date() + timedelta(days=before)
    answer = talk(said(on_date=NOW.date() + timedelta(days=held)), agreed, NOW)
    if isinstance(answer, Talked) and answer.next_on is not None:
        assert answer.next_on > answer.held_at.date()


def test_one_answer_about_needs_is_enough_and_none_is_not() -> None:
    assert check_needs(NeedsGiven(needs_practical="Fri i morgen")) == ()
    assert [one.code for one in check_needs(NeedsGiven(impact="  "))] == ["empty"]


@pytest.fixture
def town(db: None) -> Municipality:
    return a_municipality()


def test_a_conversation_ends_the_silence_settles_its_duty_and_keeps_what_she_needs(town: Municipality) -> None:
    case = open_case(town)
    assert "listen_and_note" in owed(case)
    now = later(days=2)
    needs = NeedsGiven(impact="Sover ikke", needs_practical="Fri i morgen")
    given = TalkGiven(way="phone", text="Vi talte.", agreed="Fri.", next_on=date(2026, 11, 24), needs=needs)
    service.note_conversation(actor=actor(town.mads), case_id=case.pk, given=given, now=now)
    after = fresh(case)
    assert (after.last_heard_at, after.next_talk_on) == (now, date(2026, 11, 24))
    assert row(case, "listen_and_note", now).state is State.DONE
    assert [one.needs_practical for one in queries.needs(after)] == ["Fri i morgen"]
    [kept] = queries.conversations(after)
    assert (kept.text, kept.agreed, kept.by.name) == ("Vi talte.", "Fri.", "Mads Madsen")


def test_what_was_held_yesterday_does_not_say_she_heard_something_today(town: Municipality) -> None:
    case = open_case(town)
    given = said(on_date=date(2026, 11, 18))
    service.note_conversation(actor=actor(town.mads), case_id=case.pk, given=given, now=later(days=3))
    assert fresh(case).last_heard_at == datetime(2026, 11, 18, 11, tzinfo=UTC)
    [done] = queries.fulfilments(fresh(case)).filter(duty="listen_and_note")
    assert (done.at, done.recorded_at) == (datetime(2026, 11, 18, 11, tzinfo=UTC), later(days=3))


def test_she_says_what_she_needs_and_the_duties_for_it_are_done(town: Municipality) -> None:
    case = open_case(town)
    asked = {"say_impact", "say_needs"} & owed(case)
    assert asked
    given = NeedsGiven(impact="Jeg sover ikke", needs_psychological="At nogen ringer")
    service.say_needs(actor=actor(town.anna), case_id=case.pk, given=given, now=NOW)
    assert not asked & owed(case)
    service.say_needs(actor=actor(town.anna), case_id=case.pk, given=NeedsGiven(impact="Bedre"), now=later(days=1))
    assert [one.impact for one in queries.needs(fresh(case))] == ["Bedre", "Jeg sover ikke"]


def test_a_closed_case_takes_neither(town: Municipality) -> None:
    case = open_case(town)
    type(case).objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    with pytest.raises(Refused):
        service.note_conversation(actor=actor(town.mads), case_id=case.pk, given=TALK, now=NOW)
    with pytest.raises(Refused):
        service.say_needs(actor=actor(town.anna), case_id=case.pk, given=NeedsGiven(impact="x"), now=NOW)
    assert not queries.conversations(case).exists()
    assert not queries.needs(case).exists()
