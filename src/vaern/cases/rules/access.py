"""What each relation to a case may read. The doors say who may come in; this says what is shown inside."""

from __future__ import annotations

from collections.abc import Collection

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


def stood_in_roles(stood: Collection[tuple[str, int]], parts: Collection[tuple[int, str]], own: set[str]) -> set[str]:
    """The parts somebody has in a case by standing in: `stood` is (post, absent holder), `parts` (user, part), `own`
    her own parts. Nobody handles a case about herself, and who must not see it does not come in as a stand-in."""
    if own & {"affected", "excluded"}:
        return set()
    comes_along = {(holder, role) for post, holder in stood for role in STANDS_IN.get(post, ())}
    return {role for user, role in parts if (user, role) in comes_along}
