"""Settling a duty and closing a case, decided without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaern.cases.facts import URGENCIES, Attempt, Settled, Submission
from vaern.cases.rules import close, fulfil, heard, next_due, recorded_meanwhile, silence, urgency
from vaern.guideline.facts import Row, State, Why
from vaern.guideline.pack import Alternative, Duty, FulfilKind, Modality, Outcome, Owners, Phase

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def a_duty(**change: object) -> Duty:
    given: dict[str, object] = {
        "id": "write", "phase": Phase.HANDLE, "title": "Skriv et notat", "clauses": ("B28",),
        "owners": Owners(roles=("leder",)), "modality": Modality.MUST, "kind": FulfilKind.NOTE, "proof": ("text",),
    }  # fmt: skip
    return Duty(**{**given, **change})


def a_row(**change: object) -> Row:
    given: dict[str, object] = {
        "id": "write", "clause": ("B28",), "layer": "brovst", "owners": ("leder",), "owners_mode": "any",
        "modality": "must", "state": State.OWED, "why": Why.NONE, "refs": (), "text": "", "not_before": None,
        "due": None, "words": "", "deadlines": (), "repeats": "", "times_done": 0, "must_close": True,
        "settled_at": None,
    }  # fmt: skip
    return Row(**{**given, **change})


def attempt(duty: Duty | None = None, row: Row | None = None, **change: object) -> Attempt:
    given: dict[str, object] = {
        "duty": duty or a_duty(), "row": row or a_row(), "owner_kinds": frozenset({"manager"}),
        "decider_kinds": frozenset(), "relations": frozenset({"manager"}), "open": True, "evidence_count": 0,
        "titles": {"seal": "Sikr beviset"}, "clauses": {"seal": ("A24",)},
    }  # fmt: skip
    return Attempt(**{**given, **change})


def codes(answer: Settled | tuple) -> list[str]:
    return [] if isinstance(answer, Settled) else [refusal.code for refusal in answer]


DONE = Submission(text="Vi talte sammen.")


@pytest.mark.parametrize(
    ("tried", "given", "wanted"),
    [
        (attempt(), DONE, []),
        (attempt(), Submission(), ["missing_text"]),
        (attempt(open=False), DONE, ["case_closed"]),
        (attempt(relations=frozenset({"hr"})), DONE, ["not_yours"]),
        (attempt(owner_kinds=frozenset({"affected"})), DONE, []),
        (attempt(owner_kinds=frozenset({"secretariat"})), DONE, ["not_yours"]),
        (attempt(decider_kinds=frozenset({"secretariat"})), DONE, ["not_yours_to_decide"]),
        (attempt(decider_kinds=frozenset({"manager"})), DONE, []),
        (attempt(), Submission(outcome="declined"), ["missing_reasons"]),
        (attempt(), Submission(outcome="declined", reasons="Ønsker det ikke"), []),
        (attempt(), Submission(outcome="not_relevant"), ["missing_reasons"]),
        (attempt(a_duty(may_decline=False)), Submission(outcome="declined", reasons="x"), ["may_not_decline"]),
        (attempt(), Submission(outcome="maybe"), ["unknown_outcome"]),
        (attempt(row=a_row(state=State.WAITING, why=Why.ORDER, refs=("seal",))), DONE, ["too_early"]),
        (attempt(row=a_row(state=State.BLOCKED, why=Why.WISH_UNKNOWN, refs=("police",))), DONE, ["blocked"]),
        (
            attempt(row=a_row(state=State.BLOCKED, why=Why.FACT_UNKNOWN)),
            Submission(outcome="not_relevant", reasons="x"),
            [],
        ),
        (attempt(row=a_row(state=State.NOT_RELEVANT, why=Why.CONDITION)), DONE, ["not_owed"]),
        (attempt(row=a_row(state=State.DONE, why=Why.OUTCOME)), DONE, []),
        (attempt(), replace(DONE, on_date=date(2026, 11, 21)), ["in_the_future"]),
        (attempt(), replace(DONE, on_date=date(1, 1, 1), at_time="00:00"), ["unlikely_date"]),
        (attempt(), replace(DONE, on_date=date(2026, 11, 19), at_time="halv ti"), ["bad_time"]),
        (attempt(a_duty(proof=("evidence",))), Submission(), ["missing_evidence"]),
        (attempt(a_duty(proof=("evidence",)), evidence_count=1), Submission(), []),
        (attempt(a_duty(proof=("recipient", "reference"))), Submission(), ["missing_recipient", "missing_reference"]),
    ],
)
def test_settling_a_duty(tried: Attempt, given: Submission, wanted: list[str]) -> None:
    assert codes(fulfil(tried, given, NOW)) == wanted


def test_a_refusal_to_come_too_early_names_what_comes_first_and_its_clause() -> None:
    waiting = attempt(row=a_row(state=State.WAITING, why=Why.ORDER, refs=("seal",)))
    answer = fulfil(waiting, DONE, NOW)
    assert not isinstance(answer, Settled)
    assert answer[0].params == {"duty": "Skriv et notat", "first": "Sikr beviset"}
    assert answer[0].clauses == ("A24",)


CHOICES = a_duty(
    proof=(), alternatives=(Alternative(id="print", label="Skærmprint"), Alternative(id="photo", label="Foto"))
)


@pytest.mark.parametrize(
    ("duty", "choice", "wanted"),
    [
        (CHOICES, (), ["missing_choice"]),
        (CHOICES, ("print",), []),
        (CHOICES, ("print", "photo"), ["one_choice"]),
        (CHOICES.model_copy(update={"choose": "any"}), ("print", "photo"), []),
        (CHOICES, ("fax",), ["missing_choice"]),
    ],
)
def test_alternatives(duty: Duty, choice: tuple[str, ...], wanted: list[str]) -> None:
    assert codes(fulfil(attempt(duty), Submission(choice=choice), NOW)) == wanted


def test_an_outcome_the_guideline_names_may_ask_for_reasons_of_its_own() -> None:
    duty = a_duty(outcomes=(Outcome(id="no_grounds", label="Intet grundlag", needs_reason=True),), proof=())
    assert codes(fulfil(attempt(duty), Submission(outcome="no_grounds"), NOW)) == ["missing_reasons"]
    assert codes(fulfil(attempt(duty), Submission(outcome="no_grounds", reasons="Ytringsfrihed"), NOW)) == []


def test_today_without_a_time_is_never_the_future_and_an_earlier_day_is_noon() -> None:
    today = fulfil(attempt(), replace(DONE, on_date=date(2026, 11, 20)), NOW)
    earlier = fulfil(attempt(), replace(DONE, on_date=date(2026, 11, 18)), NOW)
    assert isinstance(today, Settled)
    assert today.at == NOW
    assert isinstance(earlier, Settled)
    assert earlier.at == datetime(2026, 11, 18, 11, 0, tzinfo=UTC)


def test_two_at_once_the_second_is_told() -> None:
    assert recorded_meanwhile(a_duty(), 1, 1) == ()
    assert [r.code for r in recorded_meanwhile(a_duty(), 2, 1)] == ["recorded_meanwhile"]


def test_closing_names_each_open_duty_and_its_clause() -> None:
    rows = (a_row(), a_row(id="later", must_close=False))
    refusals = close(rows, {"write": a_duty(), "later": a_duty(id="later")})
    assert [(r.params["duty"], r.clauses) for r in refusals] == [("Skriv et notat", ("B28",))]
    assert close((a_row(must_close=False),), {}) == ()


@pytest.mark.parametrize(
    ("change", "heap"),
    [
        ({"state": State.DONE}, "done"),
        ({"state": State.NOT_RELEVANT}, "done"),
        ({"state": State.WAITING}, "waiting"),
        ({"state": State.BLOCKED}, "waiting"),
        ({}, "later"),
        ({"words": "straks"}, "now"),
        ({"words": "straks", "modality": "should"}, "later"),
        ({"due": NOW - timedelta(days=9)}, "now"),
        ({"due": NOW + timedelta(hours=4)}, "now"),
        ({"due": NOW + timedelta(hours=9)}, "today"),
        ({"due": NOW + timedelta(hours=72)}, "hours_72"),
        ({"due": NOW + timedelta(days=7)}, "week"),
        ({"due": NOW + timedelta(days=8)}, "later"),
    ],
)
def test_heaps(change: dict, heap: str) -> None:
    assert urgency(a_row(**change), NOW) == heap


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_what_is_due_sooner_never_lies_in_a_later_heap(first: int, second: int) -> None:
    sooner, later = sorted((first, second))
    heaps = [urgency(a_row(due=NOW + timedelta(minutes=at)), NOW) for at in (sooner, later)]
    assert URGENCIES.index(heaps[0]) <= URGENCIES.index(heaps[1])


@pytest.mark.parametrize(("hours", "alarm"), [(0, False), (71, False), (72, True), (500, True), (-1, False)])
def test_the_silence_clock(hours: int, alarm: bool) -> None:
    assert silence(NOW - timedelta(hours=hours), NOW, 3).alarm is alarm


def test_what_she_did_herself_is_no_news_to_her() -> None:
    settled = Settled("done", NOW, {}, ())
    told = a_duty(tells_affected=True)
    assert heard(told, settled, by_affected=False)
    assert not heard(told, settled, by_affected=True)
    assert not heard(told, replace(settled, outcome="declined"), by_affected=False)
    assert not heard(a_duty(), settled, by_affected=False)


def test_the_next_deadline_is_the_earliest_owed() -> None:
    soon, late = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    rows = [a_row(due=late), a_row(due=soon), a_row(due=NOW, state=State.WAITING)]
    assert next_due(rows) == soon
    assert next_due([]) is None
