"""Who has a role where, and who stands in: table tests of pure rules."""

from __future__ import annotations

from datetime import date

import pytest

from vaern.people import rules
from vaern.people.facts import Away, Holding, Pick, Span, Standing

DAY = date(2026, 11, 21)
LONG = Span(date(2020, 1, 1))
OVER = Span(date(2020, 1, 1), date(2026, 11, 20))
LATER = Span(date(2026, 11, 22))
TODAY_ONLY = Span(DAY, DAY)
# Team 3 lies below section 2 below root 1.
PATH = (3, 2, 1)
MADS, LONE, TOP, KARIM, AMALIE = 10, 20, 30, 40, 50


def post(user: int, unit: int, span: Span = LONG, *, active: bool = True) -> Holding:
    return Holding(user * 100 + unit, user, unit, "manager", span, active)


def deputy(holder: Holding, user: int, span: Span = LONG, *, active: bool = True) -> Standing:
    return Standing(holder.post_id, user, span, active)


def roster(
    *holdings: Holding, deputies: tuple[Standing, ...] = (), away: tuple[int, ...] = (), span: Span = LONG
) -> rules.Roster:
    return rules.Roster(DAY, holdings, deputies, tuple(Away(user, span) for user in away))


def ids(picks: tuple[Pick, ...]) -> list[int]:
    return [pick.user_id for pick in picks]


@pytest.mark.parametrize(
    ("span", "holds"),
    [(LONG, True), (OVER, False), (LATER, False), (TODAY_ONLY, True), (Span(date(2026, 1, 1), DAY), True)],
)
def test_both_days_are_included(span: Span, holds: bool) -> None:
    assert rules.holds_on(span, DAY) is holds


@pytest.mark.parametrize(
    ("holdings", "expected"),
    [
        ((post(MADS, 3), post(LONE, 2)), [MADS]),
        ((post(LONE, 2), post(TOP, 1)), [LONE]),
        ((post(TOP, 1),), [TOP]),
        ((), []),
        ((post(MADS, 3, OVER), post(LONE, 2)), [LONE]),
        ((post(MADS, 3, LATER), post(LONE, 2)), [LONE]),
        ((post(MADS, 3, active=False), post(LONE, 2)), [LONE]),
        ((post(MADS, 3), post(KARIM, 3)), [MADS, KARIM]),
        ((post(MADS, 9), post(LONE, 2)), [LONE]),
    ],
)
def test_the_nearest_unit_upward_that_has_anybody(holdings: tuple[Holding, ...], expected: list[int]) -> None:
    assert ids(rules.pick_nearest(roster(*holdings), PATH)) == expected


def test_a_deputy_stands_in_only_while_the_holder_is_away() -> None:
    mads = post(MADS, 3)
    at_work = roster(mads, deputies=(deputy(mads, KARIM),))
    away = roster(mads, deputies=(deputy(mads, KARIM),), away=(MADS,))
    assert rules.pick_nearest(at_work, PATH) == (Pick(MADS, 3, "manager", absent=False),)
    assert rules.pick_nearest(away, PATH) == (Pick(KARIM, 3, "manager", absent=False, deputy_for=MADS),)


@pytest.mark.parametrize(
    "stand_in",
    [
        deputy(post(MADS, 3), KARIM, OVER),
        deputy(post(MADS, 3), KARIM, LATER),
        deputy(post(MADS, 3), KARIM, active=False),
        deputy(post(LONE, 2), KARIM),
    ],
)
def test_a_deputy_who_does_not_count_leaves_the_absent_holder_named(stand_in: Standing) -> None:
    away = roster(post(MADS, 3), deputies=(stand_in,), away=(MADS,))
    assert rules.pick_nearest(away, PATH) == (Pick(MADS, 3, "manager", absent=True),)


def test_a_deputy_who_is_away_too_does_not_stand_in() -> None:
    mads = post(MADS, 3)
    both = roster(mads, deputies=(deputy(mads, KARIM), deputy(mads, AMALIE)), away=(MADS, KARIM))
    assert ids(rules.pick_nearest(both, PATH)) == [AMALIE]


def test_present_first_then_deputies_then_absent_holders() -> None:
    mads, lone, top = post(MADS, 3), post(LONE, 3), post(TOP, 3)
    mixed = roster(lone, mads, top, deputies=(deputy(mads, KARIM),), away=(MADS, LONE))
    assert ids(rules.pick_nearest(mixed, PATH)) == [TOP, KARIM, LONE]


def test_somebody_who_holds_and_stands_in_is_named_once() -> None:
    mads, karim = post(MADS, 3), post(KARIM, 3)
    twice = roster(mads, karim, deputies=(deputy(mads, KARIM),), away=(MADS,))
    assert ids(rules.pick_nearest(twice, PATH)) == [KARIM]


def test_the_excluded_are_passed_over_also_as_deputies() -> None:
    mads = post(MADS, 3)
    away = roster(mads, post(LONE, 2), deputies=(deputy(mads, KARIM),), away=(MADS,))
    assert ids(rules.pick_nearest(away, PATH, excluded={KARIM})) == [MADS]
    assert ids(rules.pick_nearest(away, PATH, excluded={KARIM, MADS})) == [LONE]


def test_when_everybody_is_away_the_next_level_is_named_too() -> None:
    away = roster(post(MADS, 3), post(LONE, 2), post(TOP, 1), away=(MADS,))
    assert ids(rules.pick_reachable(away, PATH)) == [MADS, LONE]
    assert ids(rules.pick_reachable(roster(post(MADS, 3), post(LONE, 2)), PATH)) == [MADS]


@pytest.mark.parametrize(
    ("below", "expected"),
    [(MADS, [LONE]), (LONE, [TOP]), (TOP, []), (KARIM, [MADS])],
)
def test_the_level_above(below: int, expected: list[int]) -> None:
    three = roster(post(MADS, 3), post(LONE, 2), post(TOP, 1))
    assert ids(rules.pick_above(three, PATH, below)) == expected


def test_a_level_where_everybody_is_away_is_passed_over_when_it_can_be() -> None:
    assert ids(rules.pick_above(roster(post(MADS, 3), post(LONE, 2), post(TOP, 1), away=(LONE,)), PATH, MADS)) == [TOP]
    assert ids(rules.pick_above(roster(post(MADS, 3), post(LONE, 2), away=(LONE,)), PATH, MADS)) == [LONE]


def test_above_a_deputy_is_above_the_post_she_stands_in_for() -> None:
    mads = post(MADS, 3)
    away = roster(mads, post(LONE, 2), deputies=(deputy(mads, KARIM),), away=(MADS,))
    assert ids(rules.pick_above(away, PATH, KARIM)) == [LONE]


def test_a_manager_of_two_levels_is_never_her_own_superior() -> None:
    twice = roster(post(MADS, 3), post(MADS, 2), post(TOP, 1))
    assert ids(rules.pick_above(twice, PATH, MADS)) == [TOP]


@pytest.mark.parametrize(
    ("user", "managers", "expected"),
    [
        (LONE, {MADS}, True),
        (TOP, {MADS}, False),
        (TOP, {MADS, LONE}, True),
        (MADS, {MADS}, False),
        (MADS, set(), True),
        (LONE, set(), False),
    ],
)
def test_who_is_above(user: int, managers: set[int], expected: bool) -> None:
    three = roster(post(MADS, 3), post(LONE, 2), post(TOP, 1))
    assert rules.is_above(three, PATH, user, managers) is expected


def test_units_one_level_below() -> None:
    parents = {1: None, 2: 1, 3: 2, 4: 2, 5: 1}
    three = roster(post(MADS, 3), post(LONE, 2), post(TOP, 1))
    assert rules.units_one_level_below(three, parents, LONE) == {3}
    assert rules.units_one_level_below(three, parents, TOP) == {2, 4}
    assert rules.units_one_level_below(three, parents, MADS) == frozenset()


def test_the_tree_up_and_down() -> None:
    parents = {1: None, 2: 1, 3: 2, 4: 1}
    assert rules.path_up(parents, 3) == (3, 2, 1)
    assert rules.below(parents, 2) == {2, 3}
    assert rules.below(parents, 1) == {1, 2, 3, 4}


def test_a_ring_ends() -> None:
    ring: dict[int, int | None] = {1: 2, 2: 1}
    assert rules.path_up(ring, 1) == (1, 2)
    assert rules.below(ring, 1) == {1, 2}
