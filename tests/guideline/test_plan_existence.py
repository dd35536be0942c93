"""Which duties a case has: conditions, exceptions, negative branches, outsiders, lateness."""

from __future__ import annotations

from typing import Any

import pytest

from tests.guideline.planner_kit import at, done, duty, rows, say, together

ABSENT = {"all": [{"fact": "absence", "is": ["yes"]}]}
HURT = {"all": [{"fact": "injury", "is": ["yes"]}]}


@pytest.mark.parametrize(
    ("facts", "said", "keeps_open"),
    [
        ({"absence": "yes"}, "owed", True),
        ({"absence": "no"}, "not_relevant condition", False),
        ({}, "blocked fact_unknown absence", True),
    ],
)
def test_condition(facts: dict[str, Any], said: str, keeps_open: bool) -> None:
    row = rows(together(duty("a", when=ABSENT)), facts=facts)["a"]
    assert (say(row), row.must_close) == (said, keeps_open)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"author_age_band": "adult", "author_intent": "deliberate"}, "owed"),
        ({"author_age_band": "under_15", "author_intent": "deliberate"}, "not_relevant condition"),
        ({"author_age_band": "under_15"}, "not_relevant condition"),  # whatever the intent was
        ({"author_age_band": "adult"}, "blocked fact_unknown author_intent"),
    ],
)
def test_condition_on_who_wrote_it(facts: dict[str, Any], said: str) -> None:
    grown = {"all": [{"fact": "author_age_band", "is": ["adult"]}, {"fact": "author_intent", "is": ["deliberate"]}]}
    assert say(rows(together(duty("a", when=grown)), facts=facts)["a"]) == said


@pytest.mark.parametrize(
    ("absence", "injury", "said"),
    [
        ("no", "no", "owed"),
        ("yes", "no", "not_relevant exception"),
        ("yes", "yes", "owed"),  # the exception to the exception
        ("yes", "unknown", "owed"),  # in doubt the duty stands
        ("unknown", "no", "owed"),
        ("no", "yes", "owed"),
    ],
)
def test_exception_and_the_exception_to_it(absence: str, injury: str, said: str) -> None:
    exception = {"when": ABSENT, "unless": HURT, "reason": "Vent til den ramte er tilbage."}
    row = rows(together(duty("a", exceptions=[exception])), facts={"absence": absence, "injury": injury})["a"]
    assert say(row) == said
    assert row.text == (exception["reason"] if said.endswith("exception") else "")


def test_the_reason_does_not_hang_on_the_order_of_exceptions() -> None:
    two = [{"when": ABSENT, "reason": "Anden"}, {"when": ABSENT, "reason": "Første"}]
    texts = {
        rows(together(duty("a", exceptions=some)), facts={"absence": "yes"})["a"].text for some in (two, two[::-1])
    }
    assert texts == {"Anden"}


# --- negative branches ---------------------------------------------------------------------------------------

REPORT = duty(
    "report",
    gates=[{"kind": "wish", "of": "police_report"}],
    outcomes=[
        {"id": "sent", "label": "Sendt"},
        {"id": "refused", "label": "Ønskes ikke", "counts_as": "declined"},
    ],
)
WISHES = {"police_report": "yes"}


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (None, "waiting arises report"),
        ("declined", "owed"),
        ("refused", "owed"),  # counts as declined
        ("done", "not_relevant arises report"),
        ("sent", "not_relevant arises report"),
        ("not_relevant", "not_relevant arises report"),
        ("no_such_outcome", "waiting arises report"),
    ],
)
def test_negative_branch(outcome: str | None, said: str) -> None:
    whole = together(REPORT, duty("note", arises_from=[{"duty": "report"}]))
    history = [done("report", outcome=outcome)] if outcome else []
    row = rows(whole, consents=WISHES, done=history)["note"]
    assert say(row) == said
    assert row.must_close is (said == "owed")


def test_a_wish_answered_no_calls_the_negative_branch_forth() -> None:
    whole = together(
        REPORT,
        duty("note", arises_from=[{"duty": "report"}]),
        duty("filed", arises_from=[{"duty": "note", "outcomes": ["done"]}]),
    )
    plan = rows(whole, consents={"police_report": "no"})
    assert [say(plan[name]) for name in ("report", "note", "filed")] == [
        "not_relevant wish_no police_report",
        "owed",
        "waiting arises note",
    ]
    assert say(rows(whole, consents={"police_report": "no"}, done=[done("note")])["filed"]) == "owed"


def test_the_negative_branch_falls_away_when_the_duty_has_no_place_in_the_case() -> None:
    whole = together(duty("report", when=ABSENT), duty("note", arises_from=[{"duty": "report"}]))
    assert say(rows(whole, facts={"absence": "no"})["note"]) == "not_relevant arises report"


def test_a_sleeping_branch_has_no_clock_and_asks_for_no_facts() -> None:
    note = duty(
        "note",
        arises_from=[{"duty": "report"}],
        when=ABSENT,
        deadline={"words": "straks", "anchor": "event:discovered", "offset": {"hours": 1}},
    )
    row = rows(together(REPORT, note), events={"discovered": at()})["note"]
    assert (say(row), row.due, row.words, row.deadlines) == ("waiting arises report", None, "straks", ())


def test_one_of_several_sources_is_enough() -> None:
    whole = together(duty("a"), duty("b"), duty("n", arises_from=[{"duty": "a"}, {"duty": "b"}]))
    assert say(rows(whole, done=[done("a")])["n"]) == "waiting arises b"
    assert say(rows(whole, done=[done("a"), done("b", outcome="declined")])["n"]) == "owed"
    assert say(rows(whole, done=[done("a"), done("b")])["n"]) == "not_relevant arises a b"


def test_duties_that_call_each_other_forth_come_to_an_answer() -> None:
    """A refusal that creates a new request that may be refused: a ring, but not one of waiting."""
    ask = duty("ask", arises_from=[{"duty": "start", "outcomes": ["done"]}, {"duty": "again", "outcomes": ["done"]}])
    whole = together(duty("start"), ask, duty("again", arises_from=[{"duty": "ask"}]))
    plan = rows(whole, done=[done("start"), done("ask", outcome="declined")])
    assert [say(plan[name]) for name in ("ask", "again")] == ["declined outcome declined", "owed"]


# --- outsiders -----------------------------------------------------------------------------------------------

OUTSIDER = {
    "who": "platform",
    "words": "inden 7 dage",
    "offset": {"days": 7},
    "then": "complain",
    "answered_by": "removed",
}
ASK = duty("ask", outsider=OUTSIDER)


@pytest.mark.parametrize(
    ("days", "history", "removed", "said"),
    [
        (1, [], None, "waiting arises ask"),
        (1, ["done"], None, "waiting outsider platform"),
        (7, ["done"], None, "owed"),
        (3, ["done"], 2, "not_relevant outsider platform"),
        (9, ["done"], 8, "not_relevant outsider platform"),  # late, but answered
        (9, ["done"], 10, "owed"),  # will be answered tomorrow; nobody knows that yet
        (9, ["declined"], None, "not_relevant arises ask"),
    ],
)
def test_a_deadline_on_an_outsider(days: int, history: list[str], removed: int | None, said: str) -> None:
    events = {"removed": at(removed)} if removed else {}
    acts = [done("ask", outcome=outcome) for outcome in history]
    assert say(rows(together(ASK, duty("complain")), at(days), events=events, done=acts)["complain"]) == said


def test_while_the_outsider_has_time_the_row_says_until_when_and_in_which_words() -> None:
    row = rows(together(ASK, duty("complain")), at(1), done=[done("ask")])["complain"]
    assert (row.not_before, row.text, row.must_close) == (at(7), "inden 7 dage", True)


def test_arising_from_the_request_itself_does_not_jump_the_outsiders_deadline() -> None:
    complain = duty("complain", arises_from=[{"duty": "ask", "outcomes": ["done", "declined"]}])
    whole = together(ASK, complain)
    assert say(rows(whole, at(1), done=[done("ask")])["complain"]) == "waiting outsider platform"
    assert say(rows(whole, at(7), done=[done("ask")])["complain"]) == "owed"
    assert say(rows(whole, at(1), done=[done("ask", outcome="declined")])["complain"]) == "owed"


def test_a_deadline_on_an_outsider_in_words_never_passes_by_itself() -> None:
    ask = duty("ask", outsider={key: value for key, value in OUTSIDER.items() if key != "offset"})
    row = rows(together(ask, duty("complain")), at(400), done=[done("ask")])["complain"]
    assert (say(row), row.must_close) == ("waiting outsider platform", False)


# --- lateness ------------------------------------------------------------------------------------------------

LAST = {"anchor": "event:discovered", "offset": {"days": 2}}


@pytest.mark.parametrize(
    ("modality", "days", "said"),
    [
        ("may", 1, "owed"),
        ("may", 3, "not_relevant too_late"),
        ("should", 3, "not_relevant too_late"),
        ("must_not", 3, "not_relevant too_late"),
        ("must", 3, "owed"),
    ],
)
def test_after_its_last_moment_only_what_must_be_done_is_still_owed(modality: str, days: int, said: str) -> None:
    late = duty("a", modality=modality, not_after=LAST, deadline={"words": "inden to dage", "missed": "Gør det nu."})
    row = rows(together(late), at(days), events={"discovered": at()})["a"]
    assert say(row) == said
    assert row.text == ("Gør det nu." if modality == "must" else "")
    assert say(rows(together(late), at(days))["a"]) == "owed"  # not known when it was discovered


# --- settled -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("done", "done outcome done"),
        ("declined", "declined outcome declined"),
        ("not_relevant", "not_relevant outcome not_relevant"),
        ("sent", "done outcome sent"),
        ("refused", "declined outcome refused"),
        ("nonsense", "owed"),
    ],
)
def test_an_outcome_settles_the_duty(outcome: str, said: str) -> None:
    row = rows(together(REPORT), at(1), consents=WISHES, done=[done("report", outcome=outcome)])["report"]
    assert say(row) == said
    assert row.settled_at == (None if said == "owed" else at())
    assert row.must_close is (said == "owed")


def test_the_last_written_decision_counts_whatever_order_it_is_told_in() -> None:
    acts = [done("report", 1, "declined"), done("report", 3, "sent"), done("report", 2, "not_relevant")]
    for history in (acts, acts[::-1]):
        row = rows(together(REPORT), at(9), done=history)["report"]
        assert (say(row), row.settled_at, row.times_done) == ("done outcome sent", at(3), 1)


def test_what_happens_later_than_now_has_not_happened() -> None:
    assert say(rows(together(REPORT), at(1), consents=WISHES, done=[done("report", 2)])["report"]) == "owed"


def test_settled_stays_settled_when_the_facts_change() -> None:
    row = rows(together(duty("a", when=ABSENT)), facts={"absence": "no"}, done=[done("a")])["a"]
    assert say(row) == "done outcome done"


def test_a_settled_duty_that_is_no_duty_of_this_guideline_is_passed_over() -> None:
    assert set(rows(together(REPORT), done=[done("another")])) == {"report"}
