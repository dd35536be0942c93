"""Who holds a role where, and who stands in. Pure: everything that decides it comes in as facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from vaern.people.facts import Away, Holding, Pick, Span, Standing, UnitFacts

Key = TypeVar("Key", int, str)


def holds_on(span: Span, day: date) -> bool:
    """Both days are included."""
    return span.from_date <= day and (span.to_date is None or day <= span.to_date)


def away_on(absences: Iterable[Away], day: date) -> frozenset[int]:
    """The ids of those absent on that day."""
    return frozenset(away.user_id for away in absences if holds_on(away.span, day))


def path_up(parents: Mapping[Key, Key | None], unit_id: Key) -> tuple[Key, ...]:
    """The unit (by id or by code) and everything above it, the unit itself first. A circle ends where it closes."""
    path: list[Key] = []
    at: Key | None = unit_id
    while at is not None and at in parents and at not in path:
        path.append(at)
        at = parents[at]
    return tuple(path)


def below(parents: Mapping[int, int | None], unit_id: int) -> frozenset[int]:
    """The unit and everything under it."""
    children: dict[int | None, list[int]] = {}
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    found: set[int] = set()
    waiting = [unit_id]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting.extend(children.get(at, ()))
    return frozenset(found)


def parents_of(units: Iterable[UnitFacts]) -> dict[int, int | None]:
    return {unit.id: unit.parent_id for unit in units}


@dataclass(frozen=True, slots=True)
class Roster:
    """Posts of one role, with deputies and absences, as they stand on `day`. What does not count that day is sorted
    out once, since a whole organisation may be asked about."""

    day: date
    holdings: tuple[Holding, ...]
    deputies: tuple[Standing, ...] = ()
    absences: tuple[Away, ...] = ()
    by_unit: dict[int, list[Holding]] = field(init=False, repr=False, compare=False, default_factory=dict)
    by_post: dict[int, list[Standing]] = field(init=False, repr=False, compare=False, default_factory=dict)
    away: frozenset[int] = field(init=False, repr=False, compare=False, default=frozenset())

    def __post_init__(self) -> None:
        for holding in self.holdings:
            if holding.active and holds_on(holding.span, self.day):
                self.by_unit.setdefault(holding.unit_id, []).append(holding)
        for deputy in self.deputies:
            if deputy.active and holds_on(deputy.span, self.day):
                self.by_post.setdefault(deputy.post_id, []).append(deputy)
        object.__setattr__(self, "away", away_on(self.absences, self.day))


def pick_at(roster: Roster, unit_id: int, *, excluded: Collection[int] = ()) -> tuple[Pick, ...]:
    """Who has the role at exactly this unit: those present first, then deputies of absent holders, and last absent
    holders nobody stands in for, so that a post never looks empty when it is not. Each person once."""
    present, stand_ins, missing = [], [], []
    for holding in roster.by_unit.get(unit_id, ()):
        if holding.user_id not in roster.away:
            present.append(Pick(holding.user_id, unit_id, holding.role, absent=False))
        elif found := _stand_ins(roster, holding, excluded):
            stand_ins.extend(found)
        else:
            missing.append(Pick(holding.user_id, unit_id, holding.role, absent=True))
    return _once(pick for pick in (*present, *stand_ins, *missing) if pick.user_id not in excluded)


def _stand_ins(roster: Roster, holding: Holding, excluded: Collection[int]) -> list[Pick]:
    return [
        Pick(one.user_id, holding.unit_id, holding.role, absent=False, deputy_for=holding.user_id)
        for one in roster.by_post.get(holding.post_id, ())
        if one.user_id not in roster.away and one.user_id not in excluded
    ]


def _once(picks: Iterable[Pick]) -> tuple[Pick, ...]:
    seen: dict[int, Pick] = {}
    for pick in picks:
        seen.setdefault(pick.user_id, pick)
    return tuple(seen.values())


def levels(roster: Roster, path: Sequence[int], *, excluded: Collection[int] = ()) -> Iterator[tuple[Pick, ...]]:
    """For each unit of the path that has anybody in the role: who, nearest unit first."""
    for unit_id in path:
        if found := pick_at(roster, unit_id, excluded=excluded):
            yield found


def pick_nearest(roster: Roster, path: Sequence[int], *, excluded: Collection[int] = ()) -> tuple[Pick, ...]:
    """Who has the role at the nearest unit upward that has anybody."""
    return next(levels(roster, path, excluded=excluded), ())


def pick_reachable(roster: Roster, path: Sequence[int], *, excluded: Collection[int] = ()) -> tuple[Pick, ...]:
    """As `pick_nearest`, and when everybody there is away, also the next levels until somebody is present."""
    found: list[Pick] = []
    for level in levels(roster, path, excluded=excluded):
        found.extend(level)
        if any(not pick.absent for pick in level):
            break
    return _once(found)


def pick_above(roster: Roster, path: Sequence[int], user_id: int) -> tuple[Pick, ...]:
    """The next level above the one where `user_id` has the role, never `user_id` herself.

    Somebody who has the role nowhere on the path is answered with the nearest level. A level where everybody is
    away is passed over when there is one further up where somebody is not.
    """
    start = _level_of(roster, path, user_id)
    found = list(levels(roster, path[start:], excluded={user_id}))
    present = [level for level in found if any(not pick.absent for pick in level)]
    return next(iter(present or found), ())


def _level_of(roster: Roster, path: Sequence[int], user_id: int) -> int:
    """The index in `path` just after the nearest unit whose post the user holds or stands in for."""
    for index, unit_id in enumerate(path):
        for holding in roster.by_unit.get(unit_id, ()):
            deputies = (one.user_id for one in roster.by_post.get(holding.post_id, ()))
            if user_id in (holding.user_id, *deputies):
                return index + 1
    return 0


def is_above(roster: Roster, path: Sequence[int], user_id: int, managers: Collection[int]) -> bool:
    """Whether `user_id` is on the level above one of `managers`; above nobody means on the nearest level."""
    if user_id in managers:
        return False
    if not managers:
        return any(pick.user_id == user_id for pick in pick_nearest(roster, path))
    return any(pick.user_id == user_id for one in managers for pick in pick_above(roster, path, one))


def units_one_level_below(roster: Roster, parents: Mapping[int, int | None], user_id: int) -> frozenset[int]:
    """Units whose nearest managers have `user_id` on the level above them."""
    found = set()
    for unit_id in parents:
        path = path_up(parents, unit_id)
        nearest = {pick.user_id for pick in pick_nearest(roster, path)}
        if nearest and is_above(roster, path, user_id, nearest):
            found.add(unit_id)
    return frozenset(found)
