"""What holds of the planner for any guideline and any history."""

from __future__ import annotations

import random
import sys
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.guideline.planner_kit import ROLES, at, duty, pack
from tests.guideline.random_cases import FACTS, LAYER, OUTCOMES, a_case
from vaern.guideline.compose import Composed, compose
from vaern.guideline.facts import CaseFacts, Done, Row, State, Why
from vaern.guideline.plan import plan

quick = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
cases = st.builds(a_case, st.integers(0, 2**32), st.integers(1, 10), st.integers(0, 14))

OPEN = {State.OWED, State.WAITING, State.BLOCKED}


NOW = at(hours=200)


def by_id(rows: tuple[Row, ...]) -> dict[str, Row]:
    return {row.id: row for row in rows}


def with_done(case: CaseFacts, *more: Done) -> CaseFacts:
    return CaseFacts(
        case.facts, case.events, case.consents, case.absent, case.part_of_it, case.out_of_hours, (*case.done, *more)
    )


@quick
@given(cases)
def test_each_duty_has_one_row_and_no_duty_is_lost(given_: tuple[Composed, CaseFacts]) -> None:
    composed, case = given_
    rows = plan(composed, case, NOW)
    assert sorted(row.id for row in rows) == sorted(composed.duty)


@quick
@given(cases, st.randoms(use_true_random=False))
def test_the_answer_hangs_on_no_order(given_: tuple[Composed, CaseFacts], shuffler: random.Random) -> None:
    composed, case = given_
    duties_, roles, history = list(composed.pack.duties), list(ROLES), list(case.done)
    for some in (duties_, roles, history):
        shuffler.shuffle(some)
    shuffled = compose(pack(*duties_, roles=roles), [LAYER])
    again = Composed.from_json(shuffled.to_json())
    one = plan(composed, case, NOW)
    assert plan(composed, case, NOW) == one
    assert (
        plan(
            again,
            CaseFacts(
                case.facts, case.events, case.consents, case.absent, case.part_of_it, case.out_of_hours, tuple(history)
            ),
            NOW,
        )
        == one
    )


@quick
@given(cases)
def test_what_was_settled_is_not_owed_again(given_: tuple[Composed, CaseFacts]) -> None:
    composed, case = given_
    rows = by_id(plan(composed, case, NOW))
    for act in case.done:
        settled = composed.duty[act.duty]
        if settled.repeat is None and settled.owners.mode != "all" and settled.decision_right is None:
            assert rows[act.duty].state not in OPEN
            assert rows[act.duty].times_done <= 1


@quick
@given(cases, st.data())
def test_settled_stays_settled_while_time_passes_and_others_act(
    given_: tuple[Composed, CaseFacts], data: st.DataObject
) -> None:
    composed, case = given_
    now = by_id(plan(composed, case, NOW))
    # A recurring duty that ended without ever being done was settled by nobody: new facts may change its answer.
    before = {name: row for name, row in now.items() if row.settled_at and (row.times_done or row.why is Why.OUTCOME)}
    others = sorted(composed.duty.keys() - before.keys())
    facts = data.draw(st.dictionaries(st.sampled_from(FACTS), st.sampled_from(["yes", "no"])))
    more = [Done(name, NOW + timedelta(hours=1), data.draw(st.sampled_from(OUTCOMES)), "manager") for name in others]
    later = with_done(
        CaseFacts(facts, case.events, {}, case.absent, case.part_of_it, case.out_of_hours, case.done), *more
    )
    after = by_id(plan(composed, later, NOW + timedelta(days=40)))
    assert {name: (after[name].state, after[name].why) for name in before} == {
        name: (row.state, row.why) for name, row in before.items()
    }


@quick
@given(cases)
def test_who_is_part_of_it_owes_nothing_and_nobody_is_owed_by_nobody(given_: tuple[Composed, CaseFacts]) -> None:
    composed, case = given_
    for row in plan(composed, case, NOW):
        assert not case.part_of_it & set(row.owners)
        assert row.owners or row.state is not State.OWED


@quick
@given(cases)
def test_only_what_must_be_done_and_is_open_keeps_the_case_open(given_: tuple[Composed, CaseFacts]) -> None:
    composed, case = given_
    for row in plan(composed, case, NOW):
        assert not row.must_close or (row.modality == "must" and row.state in OPEN)
        assert row.must_close or row.state is not State.OWED or row.modality != "must" or row.repeats


@quick
@given(cases)
def test_every_case_can_be_closed(given_: tuple[Composed, CaseFacts]) -> None:
    """Calling what is open not relevant, with a reason, always leads to an end: nothing waits for ever."""
    composed, case = given_
    for turn in range(len(composed.duty) + 1):
        now = NOW + timedelta(hours=turn)
        held = [row.id for row in plan(composed, case, now) if row.must_close]
        if not held:
            return
        case = with_done(case, *(Done(name, now, "not_relevant") for name in held))
    raise AssertionError(f"still held by {held}")


@quick
@given(cases)
def test_due_is_the_earliest_deadline_and_rows_are_sorted_by_it(given_: tuple[Composed, CaseFacts]) -> None:
    composed, case = given_
    rows = plan(composed, case, NOW)
    for row in rows:
        assert row.due == min((due.at for due in row.deadlines if due.at), default=None)
    dated = [row.due for row in rows if row.due]
    assert dated == sorted(dated)
    assert [row.due for row in rows[: len(dated)]] == dated


# --- size ----------------------------------------------------------------------------------------------------


def large(count: int) -> tuple[Composed, CaseFacts]:
    """`count` duties in chains of ten, each with a condition, an exception and a deadline; `count` past acts."""
    when = {"all": [{"fact": "absence", "is": ["yes"]}]}
    many = [
        duty(
            f"d{number}",
            owners={"roles": ["manager", "amr"], "mode": ("any", "all", "joint")[number % 3]},
            when=when,
            exceptions=[{"when": {"all": [{"fact": "injury", "is": ["yes"]}]}, "reason": "x"}],
            after=[{"duty": f"d{number - 1}"}] if number % 10 else [],
            deadline={"anchor": "event:discovered", "offset": {"workdays": number % 7}},
            repeat={"every": {"days": 7}, "until": "event:removed"} if number % 8 == 0 else None,
        )
        for number in range(count)
    ]
    case = CaseFacts(
        facts={"absence": "yes", "injury": "no"},
        events={"discovered": at()},
        done=tuple(Done(f"d{number * 7 % count}", at(hours=number / 60), "done", "manager") for number in range(count)),
    )
    return compose(pack(*many)), case


def calls(count: int) -> int:
    """How many functions one plan calls: the same on a slow machine as on a fast one."""
    composed, case = large(count)
    plan(composed, case, at(40))  # what is worked out once per guideline is not counted
    seen = 0

    def counting(frame: object, event: str, argument: object) -> None:
        nonlocal seen
        seen += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        plan(composed, case, at(40))
    finally:
        sys.setprofile(None)
    return seen


def test_ten_times_the_case_is_ten_times_the_work() -> None:
    assert calls(1000) < 11 * calls(100)


def test_a_thousand_duties_and_a_thousand_acts_are_planned_in_few_calls() -> None:
    """What `./run bench` measures in milliseconds, held here by what a busy machine cannot change."""
    assert calls(1000) < 130_000


def test_a_chain_of_a_thousand_duties_is_no_deeper_than_a_short_one() -> None:
    chain = [duty(f"d{n:04}", after=[{"duty": f"d{n - 1:04}"}] if n else []) for n in range(1500)]
    rows = by_id(plan(compose(pack(*chain)), CaseFacts(done=(Done("d0000", at()),)), at(1)))
    assert (rows["d0001"].state, rows["d0002"].state, rows["d1499"].state) == (State.OWED, State.WAITING, State.WAITING)
