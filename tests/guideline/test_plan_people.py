"""Who owes a duty, and how often: owners, fallback, hand-over, decision rights, recurrence, alternatives."""

from __future__ import annotations

from typing import Any

import pytest

from tests.guideline.planner_kit import at, done, duty, rows, say, together
from vaern.guideline.facts import Done


@pytest.mark.parametrize(
    ("role", "case", "owners"),
    [
        ("manager", {}, ("manager",)),
        ("manager", {"absent": {"manager"}}, ("above",)),
        ("manager", {"part_of_it": {"manager"}}, ("above",)),
        ("manager", {"absent": {"manager"}, "part_of_it": {"above"}}, ("head",)),
        ("manager", {"out_of_hours": True}, ("manager",)),  # the pack does not ask for more
        ("night", {"out_of_hours": True}, ("helpline",)),
        ("night", {}, ("night",)),
        ("night", {"out_of_hours": True, "absent": {"helpline"}}, ("night",)),  # gets it in the morning
        ("night", {"part_of_it": {"night"}}, ("helpline",)),  # out whatever the pack says
        ("amr", {"absent": {"amr"}}, ()),
    ],
)
def test_fallback(role: str, case: dict[str, Any], owners: tuple[str, ...]) -> None:
    case = {key: frozenset(value) if isinstance(value, set) else value for key, value in case.items()}
    row = rows(together(duty("a", owners={"roles": [role]})), **case)["a"]
    assert row.owners == owners
    assert say(row) == ("owed" if owners else f"blocked no_owner {role}")


def test_a_duty_nobody_is_left_to_do_keeps_the_case_open() -> None:
    row = rows(together(duty("a")), part_of_it=frozenset({"manager", "above", "head"}))["a"]
    assert (say(row), row.owners, row.must_close) == ("blocked no_owner manager", (), True)


BOTH = {"roles": ["manager", "amr"]}


@pytest.mark.parametrize(
    ("mode", "by", "said", "left"),
    [
        ("any", ["amr"], "done outcome done", ("manager", "amr")),
        ("joint", ["manager"], "done outcome done", ("manager", "amr")),
        ("all", [], "owed", ("manager", "amr")),
        ("all", ["amr"], "owed", ("manager",)),
        ("all", ["amr", "amr"], "owed", ("manager",)),
        ("all", ["amr", ""], "owed", ("manager",)),
        ("all", ["amr", "above"], "done outcome done", ("manager", "amr")),  # stood in for the manager
        ("all", ["amr", "manager"], "done outcome done", ("manager", "amr")),
    ],
)
def test_any_all_joint(mode: str, by: list[str], said: str, left: tuple[str, ...]) -> None:
    history = [done("a", day, by=role) for day, role in enumerate(by)]
    row = rows(together(duty("a", owners=BOTH | {"mode": mode})), at(9), done=history)["a"]
    assert (say(row), row.owners, row.owners_mode) == (said, left, mode)


def test_one_who_stands_in_for_another_owner_does_both_parts() -> None:
    whole = together(duty("a", owners={"roles": ["manager", "above"], "mode": "all"}))
    acts = [done("a", by="above")]
    assert rows(whole, at(1), done=acts)["a"].owners == ("manager",)
    assert say(rows(whole, at(1), done=acts, absent=frozenset({"manager"}))["a"]) == "done outcome done"


def test_the_affected_declining_settles_it_for_every_owner() -> None:
    whole = together(duty("a", owners=BOTH | {"mode": "all"}, declined_by="affected"))
    assert (
        say(rows(whole, at(1), done=[done("a", outcome="declined", by="affected")])["a"]) == "declined outcome declined"
    )


def test_of_several_owners_endings_the_declined_one_is_not_lost() -> None:
    whole = together(duty("a", owners=BOTH | {"mode": "all"}), duty("n", arises_from=[{"duty": "a"}]))
    acts = [done("a", 0, "declined", "amr"), done("a", 1, "done", "manager")]
    plan = rows(whole, at(2), done=acts)
    assert (say(plan["a"]), say(plan["n"])) == ("declined outcome declined done", "owed")


# --- hand-over and decision rights ---------------------------------------------------------------------------

MOVED = [{"to": "head", "after": "refer", "outcomes": ["done"]}]
REFER = duty("refer")


def test_hand_over() -> None:
    whole = together(REFER, duty("a", hand_over=MOVED))
    assert rows(whole)["a"].owners == ("manager",)
    assert rows(whole, done=[done("refer")])["a"].owners == ("head",)
    assert rows(whole, done=[done("refer", outcome="declined")])["a"].owners == ("manager",)


def test_the_latest_hand_over_counts() -> None:
    moves = [*MOVED, {"to": "amr", "after": "back", "outcomes": ["done"]}]
    for order in (moves, moves[::-1]):
        whole = together(REFER, duty("back"), duty("a", hand_over=order))
        assert rows(whole, at(9), done=[done("refer", 2), done("back", 3)])["a"].owners == ("amr",)
        assert rows(whole, at(9), done=[done("refer", 4), done("back", 3)])["a"].owners == ("head",)


def test_after_hand_over_only_the_new_owners_part_is_asked_for() -> None:
    whole = together(REFER, duty("a", owners=BOTH | {"mode": "all"}, hand_over=MOVED))
    part = [done("a", 0, by="amr"), done("refer", 1)]
    assert (say(rows(whole, at(9), done=part)["a"]), rows(whole, at(9), done=part)["a"].owners) == ("owed", ("head",))
    assert say(rows(whole, at(9), done=[*part, done("a", 2, by="head")])["a"]) == "done outcome done"


def test_what_was_whole_before_a_hand_over_stays_whole() -> None:
    whole = together(REFER, duty("a", owners=BOTH | {"mode": "all"}, hand_over=MOVED))
    acts = [done("a", 0, by="amr"), done("a", 1, by="manager"), done("refer", 2)]
    assert say(rows(whole, at(9), done=acts)["a"]) == "done outcome done"


@pytest.mark.parametrize(
    ("by", "outcome", "said"),
    [
        ("head", "done", "done outcome done"),
        ("manager", "done", "owed"),
        ("affected", "done", "owed"),  # may report alone, but does not decide for the organisation
        ("affected", "declined", "declined outcome declined"),
        ("amr", "declined", "owed"),
        ("", "done", "done outcome done"),
    ],
)
def test_only_one_role_decides(by: str, outcome: str, said: str) -> None:
    right = {"role": "head", "others_may": "Den ramte kan altid selv anmelde."}
    whole = together(duty("a", owners={"roles": ["head"]}, decision_right=right, declined_by="affected"))
    assert say(rows(whole, at(1), done=[done("a", outcome=outcome, by=by)])["a"]) == said


# --- again and again -----------------------------------------------------------------------------------------

WEEKLY = {"every": {"days": 7}, "until": "event:removed", "at_least": 2}


def weekly(days: float, history: list[Done], **events: float) -> Any:
    whole = together(
        duty("talk", repeat=WEEKLY, deadline={"anchor": "event:discovered", "offset": {"days": 1}, "words": "snart"})
    )
    moments = {"discovered": at(), **{name: at(day) for name, day in events.items()}}
    return rows(whole, at(days), events=moments, done=history)["talk"]


def test_it_is_owed_again_so_long_after_it_was_done() -> None:
    first = weekly(0.5, [])
    assert (say(first), first.due, first.times_done, first.must_close) == ("owed", at(1), 0, True)
    second = weekly(3, [done("talk", 2)])
    assert (say(second), second.due, second.times_done, second.must_close) == ("owed", at(9), 1, True)
    third = weekly(10, [done("talk", 2), done("talk", 9)])
    assert (say(third), third.due, third.times_done, third.must_close) == ("owed", at(16), 2, False)
    assert third.repeats == "every 7 days until event:removed at least 2"
    assert (third.words, third.deadlines[0].anchor) == ("snart", "duty:talk")


def test_it_ends_with_the_outside_event_once_done_often_enough() -> None:
    assert say(weekly(10, [done("talk", 2)], removed=5)) == "owed"
    ended = weekly(20, [done("talk", 2), done("talk", 9)], removed=5)
    assert (say(ended), ended.settled_at, ended.must_close) == ("done ended", at(9), False)
    assert weekly(20, [done("talk", 2), done("talk", 9)], removed=15).settled_at == at(15)
    assert say(weekly(10, [done("talk", 2), done("talk", 9)], removed=15)) == "owed"


def test_declining_ends_it_until_it_is_taken_up_anew() -> None:
    assert say(weekly(10, [done("talk", 2), done("talk", 9, "declined")])) == "declined outcome declined"
    again = weekly(20, [done("talk", 2), done("talk", 9, "declined"), done("talk", 12)])
    assert (say(again), again.due, again.times_done) == ("owed", at(19), 2)


def test_it_may_end_before_it_was_ever_needed() -> None:
    whole = together(duty("talk", repeat={"every": {"days": 7}, "until": "event:removed"}))
    assert say(rows(whole, at(5), events={"removed": at(1)})["talk"]) == "done ended"


def test_until_another_duty_is_settled() -> None:
    whole = together(duty("talk", repeat={"every": {"weeks": 1}, "until": "duty:round_off"}), duty("round_off"))
    assert say(rows(whole, at(5))["talk"]) == "owed"
    assert say(rows(whole, at(5), done=[done("round_off", 1)])["talk"]) == "done ended"


def test_continuous() -> None:
    keep = duty("keep", repeat={"continuous": True, "until": "event:removed", "at_least": 1},
                deadline={"words": "løbende", "anchor": "event:discovered", "offset": {"days": 1}})  # fmt: skip
    whole = together(keep)
    fresh = rows(whole, at(5), events={"discovered": at()})["keep"]
    assert (say(fresh), fresh.due, fresh.words, fresh.must_close) == ("owed", None, "løbende", True)
    assert fresh.repeats == "continuous until event:removed at least 1"
    once = rows(whole, at(5), done=[done("keep", 1)])["keep"]
    assert (say(once), once.due, once.times_done, once.must_close) == ("owed", None, 1, False)
    assert say(rows(whole, at(5), done=[done("keep", 1)], events={"removed": at(2)})["keep"]) == "done ended"


def test_each_owner_takes_part_in_each_round() -> None:
    whole = together(duty("talk", owners=BOTH | {"mode": "all"}, repeat=WEEKLY))
    acts = [done("talk", 1, by="manager"), done("talk", 2, by="amr"), done("talk", 8, by="amr")]
    row = rows(whole, at(9), done=acts)["talk"]
    assert (row.times_done, row.due, row.owners) == (1, at(9), ("manager",))
    assert rows(whole, at(9), done=[*acts, done("talk", 8.5, by="manager")])["talk"].times_done == 2


def test_alternatives_are_one_duty_settled_by_one_choice() -> None:
    two_ways = [{"id": "print", "label": "Skærmprint"}, {"id": "photo", "label": "Foto"}]
    whole = together(duty("evidence", alternatives=two_ways), duty("then", after=[{"duty": "evidence"}]))
    assert set(rows(whole)) == {"evidence", "then"}
    plan = rows(whole, done=[done("evidence", choice=("photo",))])
    assert (say(plan["evidence"]), say(plan["then"])) == ("done outcome done", "owed")
