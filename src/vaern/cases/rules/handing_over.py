"""A part that came by a post follows the post: who gets it when its holder has the post no more."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from vaern.people.facts import Person

ENDS = frozenset({"amr", "tr"})
"""Parts that end with the post and go to nobody: the employee has said yes to a person, and is asked again."""


def nearest(units: Collection[int], path: Sequence[int]) -> int | None:
    """Which of the units, where somebody has a post, brought the part: the first on the way up from the case's own
    unit, else the one that was made first."""
    return next((unit for unit in path if unit in units), min(units, default=None))


def successor(found: Sequence[Person], barred: Collection[int]) -> int | None:
    """Who of those that have the post now gets the part: who began last of those present; when all are away, the first
    one away, and whoever stands in comes along. `barred` (the employee, and who must not see the case) never, nor do
    their stand-ins bring it to them."""
    present = [one.user_id for one in reversed(found) if not one.absent and one.deputy_for is None]
    away = [one.deputy_for or one.user_id for one in found if one.absent or one.deputy_for]
    return next((one for one in (*present, *away) if one not in barred), None)
