"""Waiting in rings, and duties that can never come: what no single entry shows, only all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vaern.core.text import gettext_noop
from vaern.guideline.checks.book import Book
from vaern.guideline.pack import Duty, Pack
from vaern.guideline.problem import Problem

CIRCLE = gettext_noop("Pligterne venter på hinanden i ring og kan aldrig begynde: %(line)s.")
DEAD = gettext_noop("Pligten kan aldrig opstå, for '%(duty)s' kan ikke ende med %(outcomes)s.")
DEAD_TOO = gettext_noop("Pligten kan aldrig opstå, for den udspringer af '%(duty)s', som heller aldrig opstår.")
DEFINITION_CIRCLE = gettext_noop("Definitionerne er dele af hinanden i ring: %(line)s.")


def check_circles(book: Book) -> Iterator[Problem]:
    spots = {duty.id: spot for spot, duty in book.duties()}
    for circle in circles(_waits(book)):
        owner = next((name for name in circle if name in spots), None)
        spot = spots[owner] if owner else book.head()
        yield spot.problem(CIRCLE, line=" → ".join([*circle, circle[0]]))
    yield from _dead(book)
    parts = {entry.id: [entry.part_of] if entry.part_of else [] for entry in book.pack.definitions}
    at = {entry.id: spot for spot, entry in book.spots("definitions", book.pack.definitions)}
    for circle in circles(parts):
        yield at[circle[0]].at("part_of").problem(DEFINITION_CIRCLE, line=" → ".join([*circle, circle[0]]))


def circles(lines: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Each ring once, as the path walked round it. Iterative: a pack may chain a thousand duties."""
    settled: set[str] = set()
    for start in lines:
        if start in settled:
            continue
        path, walk = [start], [iter(lines[start])]
        while walk:
            step = next(walk[-1], None)
            if step is None:
                settled.add(path.pop())
                walk.pop()
            elif step in path:
                yield tuple(path[path.index(step) :])
            elif step in lines and step not in settled:
                path.append(step)
                walk.append(iter(lines[step]))


def _waits(book: Book) -> dict[str, list[str]]:
    """Duty -> the duties it waits for: after, arises_from, approvals, not-before another duty, and orders."""
    lines: dict[str, list[str]] = {}
    for pack in book.family:
        for duty in pack.duties:
            lines.setdefault(duty.id, list(_named(duty)))
    for order in (order for pack in book.family for order in pack.orders):
        first = [duty.id for duty in book.carrying(order.first)]
        for act in order.then:
            for duty in book.carrying(act):
                lines.setdefault(duty.id, []).extend(first)
    return lines


def _named(duty: Duty) -> Iterator[str]:
    yield from (after.duty for after in duty.after)
    yield from (arises.duty for arises in duty.arises_from)
    yield from (gate.of for gate in duty.gates if gate.kind == "approval")
    if duty.not_before and duty.not_before.anchor.startswith("duty:"):
        yield duty.not_before.anchor.removeprefix("duty:")


def _dead(book: Book) -> Iterator[Problem]:
    """A negative branch from a duty that cannot end that way, and every branch behind it."""
    dead: dict[str, str] = {}
    for duty in book.pack.duties:
        for arises in duty.arises_from:
            source = book.meant(arises.duty)
            if source is not None and _impossible(source, arises.outcomes):
                dead[duty.id] = arises.duty
    spots = {duty.id: spot for spot, duty in book.duties()}
    behind = _behind(book.pack, set(dead))
    for duty in book.pack.duties:
        if duty.id in dead:
            said = ", ".join(outcome for arises in duty.arises_from for outcome in arises.outcomes)
            yield spots[duty.id].at("arises_from").problem(DEAD, duty=dead[duty.id], outcomes=said)
        elif duty.id in behind:
            yield spots[duty.id].at("arises_from").problem(DEAD_TOO, duty=behind[duty.id])


def _impossible(duty: Duty, outcomes: tuple[str, ...]) -> bool:
    """No outcome asked for can happen. (An outcome the duty does not name at all is a fault of its own.)"""
    if duty.repeat and duty.repeat.continuous and set(outcomes) <= {"done"}:
        return True
    return bool(outcomes) and set(outcomes) <= {"declined"} and not duty.may_decline


def _behind(pack: Pack, dead: set[str]) -> dict[str, str]:
    behind: dict[str, str] = {}
    grew = True
    while grew:
        grew = False
        for duty in pack.duties:
            source = next((a.duty for a in duty.arises_from if a.duty in dead or a.duty in behind), None)
            if source and duty.id not in dead and duty.id not in behind:
                behind[duty.id] = source
                grew = True
    return behind
