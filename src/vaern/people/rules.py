"""Who holds a post on a day, who stands in, and who is above whom. Pure; days are Danish calendar dates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Held:
    """One post as a candidate: who holds it, where, whether away, and who stands in (in order)."""

    user_id: int
    unit_id: int
    absent: bool = False
    deputies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picked:
    user_id: int
    deputy_for: int | None = None
    absent: bool = False


def holds_on(day: date, from_date: date, to_date: date | None) -> bool:
    """Both ends included; no end means until further notice."""
    return from_date <= day and (to_date is None or day <= to_date)


def path_up(unit_id: int, parents: Mapping[int, int | None]) -> list[int]:
    """The unit and everything above it, nearest first. A circle in the tree (bad data) ends the walk."""
    path: list[int] = []
    at: int | None = unit_id
    while at is not None and at not in path:
        path.append(at)
        at = parents.get(at)
    return path


def pick(candidates: Iterable[Held], excluded: Collection[int] = ()) -> list[Picked]:
    """Who answers for a role: holders who are here first, then stand-ins of those away, then the ones away
    themselves (nobody is better than a name, but a name is better than nothing). Nobody twice, nobody excluded."""
    rows = sorted(candidates, key=lambda held: held.user_id)
    here = [Picked(held.user_id) for held in rows if not held.absent]
    instead = [Picked(deputy, deputy_for=held.user_id) for held in rows if held.absent for deputy in held.deputies]
    away = [Picked(held.user_id, absent=True) for held in rows if held.absent]
    chosen: dict[int, Picked] = {}
    for one in (*here, *instead, *away):
        if one.user_id not in excluded:
            chosen.setdefault(one.user_id, one)
    return list(chosen.values())


def nearest(
    unit_id: int, parents: Mapping[int, int | None], held: Sequence[Held], excluded: Collection[int] = ()
) -> list[Picked]:
    """The holders at the nearest unit upward that has somebody who is not excluded."""
    for unit in path_up(unit_id, parents):
        found = pick((one for one in held if one.unit_id == unit), excluded)
        if found:
            return found
    return []


def above(
    manager_ids: Collection[int], unit_id: int, parents: Mapping[int, int | None], held: Sequence[Held]
) -> list[Picked]:
    """The level above: managers at the first unit upward of where these manage, none of them among these."""
    path = path_up(unit_id, parents)
    own = [index for index, unit in enumerate(path) if any(h.unit_id == unit and h.user_id in manager_ids for h in held)]
    start = path[own[-1] + 1] if own and own[-1] + 1 < len(path) else None
    if start is None:
        return nearest(unit_id, parents, held, manager_ids) if not own else []
    return nearest(start, parents, held, manager_ids)


def one_level_below(
    manager_id: int, parents: Mapping[int, int | None], held: Sequence[Held]
) -> set[int]:
    """Units whose nearest manager is somebody else, and whose level above is this manager."""
    return {unit for unit in parents if _is_below(unit, manager_id, parents, held)}


def _is_below(unit: int, manager_id: int, parents: Mapping[int, int | None], held: Sequence[Held]) -> bool:
    first = {one.user_id for one in nearest(unit, parents, held)}
    if not first or manager_id in first:
        return False
    return manager_id in {one.user_id for one in above(first, unit, parents, held)}
