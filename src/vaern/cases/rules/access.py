"""What each relation to a case may read. The doors say who may come in; this says what is shown inside."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from vaern.cases.rules.duties import HANDLERS

READERS = HANDLERS | {"head_of_authority", "hr", "tr", "amr_reads"}


def sees_content(relations: Collection[str]) -> bool:
    """What happened, and what was written about it. The affected employee has her own page for that."""
    return not READERS.isdisjoint(relations)


def sees_duty(relations: Collection[str], owner_kinds: Collection[str]) -> bool:
    """Those who read the case see every duty; the others only their own."""
    return sees_content(relations) or not set(owner_kinds).isdisjoint(relations)


def sees_records(relations: Collection[str]) -> bool:
    """What was written on a duty that one may see: not the safety representative without the employee's yes."""
    return sees_content(relations) or "affected" in relations


def sees_notes(relations: Collection[str]) -> bool:
    """Internal notes are for those who handle the case, and never for the affected employee, whatever else she is."""
    return not HANDLERS.isdisjoint(relations) and "affected" not in relations


STANDS_IN: dict[str, tuple[str, ...]] = {
    "manager": ("manager", "managers_manager"),
    "secretariat": ("secretariat",),
    "head_of_authority": ("head_of_authority",),
    "hr": ("hr",),
}
"""A post -> the parts in a case that go along with it to whoever stands in. The representatives' do not: the employee
has said yes to a person there, not to a post."""


POST_BEHIND = {
    "manager": "manager", "managers_manager": "manager", "secretariat": "secretariat",
    "head_of_authority": "head_of_authority", "hr": "hr", "amr": "amr", "tr": "tr",
}  # fmt: skip
"""A part in a case -> the post that usually brings it. What the employee is, and who reported it, no post brings."""


@dataclass(frozen=True, slots=True)
class Held:
    """An open part: whose, in which role, and the unit of the post that brought it (None: given by name)."""

    user_id: int
    role: str
    post_unit: int | None


def still_counts(part: Held, posts: Collection[tuple[str, int]]) -> bool:
    """Whether the part still opens anything: `posts` is (role, unit) of those the person has today, also by standing
    in. A part that came by a post goes with it, at once, whether or not it has been handed over yet."""
    return part.post_unit is None or (POST_BEHIND[part.role], part.post_unit) in posts


def stood_in_roles(stood: Collection[tuple[str, int, int]], parts: Collection[Held], own: set[str]) -> set[str]:
    """The parts somebody has in a case by standing in: `stood` is (post, unit, absent holder), `own` her own parts.
    Only what came by the post stood in for, or by the holder's name. Nobody handles a case about herself, and who must
    not see it does not come in as a stand-in."""
    if own & {"affected", "excluded"}:
        return set()
    comes_along = {
        (holder, role, at) for post, unit, holder in stood for role in STANDS_IN.get(post, ()) for at in (unit, None)
    }
    return {part.role for part in parts if (part.user_id, part.role, part.post_unit) in comes_along}
