"""What a duty waits for: other duties, orders, gates, moments; and when it is due."""

from __future__ import annotations

from typing import Any

import pytest

from tests.guideline.planner_kit import at, done, duty, pack, rows, say, together
from vaern.guideline.compose import compose

FIRST = duty("first", outcomes=[{"id": "agreed", "label": "Aftalt"}, {"id": "put_off", "label": "Udsat"}])
ABSENT = {"all": [{"fact": "absence", "is": ["yes"]}]}


@pytest.mark.parametrize(
    ("outcome", "said"),
    [(None, "waiting after_duty first"), ("agreed", "owed"), ("declined", "owed"), ("not_relevant", "owed")],
)
def test_after_any_ending(outcome: str | None, said: str) -> None:
    whole = together(FIRST, duty("then", after=[{"duty": "first", "reason": "Først aftalen."}]))
    row = rows(whole, done=[done("first", outcome=outcome)] if outcome else [])["then"]
    assert (say(row), row.text) == (said, "Først aftalen." if outcome is None else "")


@pytest.mark.parametrize(
    ("outcome", "said", "keeps_open"),
    [
        (None, "waiting after_duty first", True),
        ("agreed", "owed", True),
        ("put_off", "waiting after_duty first", False),  # it may never come, so the case need not stay open
    ],
)
def test_after_a_certain_ending(outcome: str | None, said: str, keeps_open: bool) -> None:
    whole = together(FIRST, duty("then", after=[{"duty": "first", "outcomes": ["agreed"]}]))
    row = rows(whole, done=[done("first", outcome=outcome)] if outcome else [])["then"]
    assert (say(row), row.must_close) == (said, keeps_open)


def test_a_step_with_no_place_in_the_case_holds_nobody_up() -> None:
    whole = together(duty("first", when=ABSENT), duty("then", after=[{"duty": "first", "outcomes": ["done"]}]))
    assert say(rows(whole, facts={"absence": "no"})["then"]) == "owed"
    assert say(rows(whole)["then"]) == "waiting after_duty first"


def test_all_that_must_come_first_is_named() -> None:
    whole = together(duty("b"), duty("a"), duty("then", after=[{"duty": "b"}, {"duty": "a"}]))
    assert say(rows(whole)["then"]) == "waiting after_duty a b"
    assert say(rows(whole, done=[done("a")])["then"]) == "waiting after_duty b"


def test_a_recurring_step_lets_go_once_it_was_done_as_often_as_asked() -> None:
    talks = duty("talks", repeat={"every": {"days": 7}, "until": "event:removed", "at_least": 2})
    whole = together(talks, duty("then", after=[{"duty": "talks"}]))
    assert say(rows(whole, at(9), done=[done("talks", 1)])["then"]) == "waiting after_duty talks"
    assert say(rows(whole, at(9), done=[done("talks", 1), done("talks", 8)])["then"]) == "owed"


def test_a_layers_order_waits_for_every_duty_with_the_act() -> None:
    order = {"id": "o", "first": "evidence", "then": ["contact"], "reason": "Opslag forsvinder."}
    own = pack(duty("print", act="evidence"), duty("photo", act="evidence"), duty("call", act="contact"))
    whole = compose(own, [pack(name="national", kind="layer", orders=[order])])
    assert say(rows(whole)["call"]) == "waiting order photo print"
    assert say(rows(whole, done=[done("print")])["call"]) == "waiting order photo"
    assert say(rows(whole, done=[done("print"), done("photo", outcome="not_relevant")])["call"]) == "owed"


# --- gates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("consents", "said"),
    [
        ({}, "blocked wish_unknown police_report"),
        ({"police_report": "unknown"}, "blocked wish_unknown police_report"),
        ({"police_report": "yes"}, "owed"),
        ({"police_report": "no"}, "not_relevant wish_no police_report"),
    ],
)
def test_wish(consents: dict[str, Any], said: str) -> None:
    gate = {"kind": "wish", "of": "police_report", "reason": "Den ramte bestemmer."}
    row = rows(together(duty("a", gates=[gate])), consents=consents)["a"]
    assert (say(row), row.text) == (said, "" if said == "owed" else "Den ramte bestemmer.")


DECIDE = duty("decide", outcomes=[{"id": "approved", "label": "Ja"}, {"id": "refused", "label": "Nej"}])


@pytest.mark.parametrize(
    ("asked", "outcome", "said"),
    [
        (["approved"], None, "blocked approval decide"),
        (["approved"], "approved", "owed"),
        (["approved"], "refused", "not_relevant approval decide"),
        (["approved"], "declined", "not_relevant approval decide"),
        (["approved"], "done", "blocked approval decide"),  # decided, but not in so many words
        (["done"], "done", "owed"),
        (["done"], "refused", "blocked approval decide"),  # a refusal also counts as done: it opens nothing
        (["done"], "not_relevant", "not_relevant approval decide"),
    ],
)
def test_approval(asked: list[str], outcome: str | None, said: str) -> None:
    whole = together(DECIDE, duty("a", gates=[{"kind": "approval", "of": "decide", "outcomes": asked}]))
    assert say(rows(whole, done=[done("decide", outcome=outcome)] if outcome else [])["a"]) == said


def test_where_no_approval_is_needed_none_is_waited_for() -> None:
    decide = duty("decide", when=ABSENT, gates=[{"kind": "wish", "of": "tr_reads"}])
    whole = together(decide, duty("a", gates=[{"kind": "approval", "of": "decide"}]))
    assert say(rows(whole, facts={"absence": "no"})["a"]) == "owed"
    assert say(rows(whole, facts={"absence": "yes"})["a"]) == "blocked approval decide"
    refused = rows(whole, facts={"absence": "yes"}, consents={"tr_reads": "no"})
    assert say(refused["a"]) == "not_relevant approval decide"  # nobody can approve it: that is no approval


@pytest.mark.parametrize(("days", "said"), [(1, "waiting event police_reported"), (2, "owed"), (3, "owed")])
def test_event(days: int, said: str) -> None:
    whole = together(duty("a", gates=[{"kind": "event", "of": "police_reported"}]))
    assert say(rows(whole, at(days), events={"police_reported": at(2)})["a"]) == said
    assert say(rows(whole, at(days))["a"]) == "waiting event police_reported"


def test_a_duty_that_is_the_time_of_an_event_opens_its_gate() -> None:
    whole = together(
        duty("report", events=["police_reported"]), duty("a", gates=[{"kind": "event", "of": "police_reported"}])
    )
    assert say(rows(whole, done=[done("report")])["a"]) == "owed"
    assert say(rows(whole, done=[done("report", outcome="declined")])["a"]) == "waiting event police_reported"


def test_closing_is_an_event_the_case_brings_itself() -> None:
    goodbye = duty("goodbye", gates=[{"kind": "event", "of": "closing_wanted"}])
    assert say(rows(together(goodbye))["goodbye"]) == "waiting event closing_wanted"
    assert say(rows(together(goodbye), events={"closing_wanted": at()})["goodbye"]) == "owed"


@pytest.mark.parametrize(
    ("consents", "history", "said"),
    [
        ({}, [], "blocked wish_unknown police_report"),
        ({"police_report": "yes"}, [], "blocked approval decide"),
        ({"police_report": "yes"}, ["approved"], "waiting event removed"),
        ({"police_report": "no"}, [], "not_relevant wish_no police_report"),
    ],
)
def test_several_gates_ask_the_employee_first(consents: dict[str, Any], history: list[str], said: str) -> None:
    gates = [
        {"kind": "event", "of": "removed"},
        {"kind": "approval", "of": "decide", "outcomes": ["approved"]},
        {"kind": "wish", "of": "police_report"},
    ]
    acts = [done("decide", outcome=outcome) for outcome in history]
    for order in (gates, gates[::-1]):
        assert say(rows(together(DECIDE, duty("a", gates=order)), consents=consents, done=acts)["a"]) == said


# --- moments -------------------------------------------------------------------------------------------------


def test_not_before() -> None:
    whole = together(duty("a", not_before={"anchor": "event:returned_to_work", "offset": {"days": 14}}))
    assert say(rows(whole)["a"]) == "waiting anchor_unknown event:returned_to_work"
    back = {"returned_to_work": at()}
    early, late = rows(whole, at(13), events=back)["a"], rows(whole, at(14), events=back)["a"]
    assert (say(early), early.not_before, early.must_close) == ("waiting not_before", at(14), True)
    assert (say(late), late.not_before) == ("owed", at(14))


def test_not_before_something_that_will_not_happen_holds_nobody_up() -> None:
    moment = {"anchor": "duty:first", "offset": {"days": 14}}
    whole = together(duty("first", when=ABSENT), duty("a", not_before=moment))
    assert say(rows(whole, facts={"absence": "yes"})["a"]) == "waiting anchor_unknown duty:first"
    assert say(rows(whole, facts={"absence": "no"})["a"]) == "owed"


def test_a_deadline_from_a_later_event() -> None:
    clock = {
        "anchor": "event:first_absence_day",
        "offset": {"days": 14},
        "words": "senest 14 dage",
        "missed": "Gør det nu.",
    }
    whole = together(duty("a", deadline=clock))
    unknown = rows(whole, at(3))["a"]
    assert (unknown.due, unknown.words, unknown.deadlines[0].anchor) == (None, "senest 14 dage", "")
    known = rows(whole, at(3), events={"first_absence_day": at(2)})["a"]
    assert (known.due, known.deadlines[0].anchor, known.text) == (at(16), "event:first_absence_day", "")
    assert rows(whole, at(17), events={"first_absence_day": at(2)})["a"].text == "Gør det nu."


def test_the_earliest_known_of_several_anchors_counts() -> None:
    whole = together(
        duty("a", deadline={"anchors": ["event:removed", "duty:first", "event:posted"], "offset": {"days": 1}}), FIRST
    )
    assert rows(whole, at(9), events={"removed": at(5)})["a"].due == at(6)
    assert rows(whole, at(9), events={"removed": at(5)}, done=[done("first", 3)])["a"].due == at(4)


def test_a_deadline_in_words_only() -> None:
    row = rows(together(duty("a", deadline={"words": "straks"})), at(99))["a"]
    assert (row.due, row.words, say(row)) == (None, "straks", "owed")


def test_a_deadline_from_an_expiry() -> None:
    contact = {"id": "helpline", "name": "Krisehjælp", "expires": "2026-03-01"}
    whole = together(duty("a", deadline={"anchor": "contact:helpline", "offset": {"weeks": -2}}), contacts=[contact])
    due = rows(whole)["a"].due
    assert due is not None
    assert due.isoformat() == "2026-02-14T23:00:00+00:00"


@pytest.mark.parametrize(("facts", "due", "count"), [({"injury": "yes"}, 1, 2), ({"injury": "no"}, 3, 1), ({}, 1, 2)])
def test_the_clock_of_a_layer_stands_beside_the_guidelines_own(facts: dict[str, Any], due: int, count: int) -> None:
    clock = {
        "id": "law",
        "act": "tell",
        "when": {"all": [{"fact": "injury", "is": ["yes"]}]},
        "deadline": {"anchor": "event:discovered", "offset": {"hours": 24}, "words": "24 timer", "reference": "§ 1",
                     "certainty": "V", "checked_on": "2026-01-05"},
    }  # fmt: skip
    own = duty(
        "a", act="tell", deadline={"anchor": "event:discovered", "offset": {"days": 3}, "words": "snart", "own": True}
    )
    whole = compose(pack(own), [pack(name="national", kind="layer", clocks=[clock])])
    row = rows(whole, facts=facts, events={"discovered": at()})["a"]
    assert (row.due, len(row.deadlines), row.words) == (at(due), count, "snart")
    assert [one.layer for one in row.deadlines] == ["national", "test"][-count:]
    assert (row.deadlines[-1].own, row.deadlines[0].checked_on) == (True, "2026-01-05" if count == 2 else "")


def test_rows_come_by_due_then_phase_then_name() -> None:
    soon = {"anchor": "event:discovered", "offset": {"days": 1}}
    late = {"anchor": "event:discovered", "offset": {"days": 2}}
    whole = together(
        duty("z", phase="before"),
        duty("y", phase="follow_up", deadline=soon),
        duty("x", phase="discover", deadline=soon),
        duty("w", deadline=late),
        duty("v"),
        duty("u"),
    )
    assert list(rows(whole, events={"discovered": at()})) == ["x", "y", "w", "z", "u", "v"]


@pytest.mark.parametrize(
    ("modality", "keeps_open"), [("must", True), ("should", False), ("may", False), ("must_not", False)]
)
def test_only_what_must_be_done_keeps_the_case_open(modality: str, keeps_open: bool) -> None:
    assert rows(together(duty("a", modality=modality)))["a"].must_close is keeps_open
