"""Waiting in rings, and duties that can never come: what no single entry shows, only all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vaern.core.text import gettext_noop
from vaern.guideline.checks.book import Book
from vaern.guideline.pack import ArisesFrom, Duty
from vaern.guideline.problem import Problem

CIRCLE = gettext_noop("Pligterne venter på hinanden i ring og kan aldrig begynde: %(line)s.")
DEAD = gettext_noop("Pligten kan aldrig opstå, for '%(duty)s' kan ikke ende med %(outcomes)s.")
DEAD_WAY = gettext_noop("Den vej kan aldrig ske, for '%(duty)s' kan ikke ende med %(outcomes)s.")
DEAD_TOO = gettext_noop("Pligten kan aldrig opstå, for den udspringer af '%(duty)s', som heller aldrig opstår.")
DEFINITION_CIRCLE = gettext_noop("Definitionerne er dele af hinanden i ring: %(line)s.")


def check_circles(book: Book) -> Iterator[Problem]:
    dead = _dead(book)
    yield from _say_dead(book, dead)
    spots = {duty.id: spot for spot, duty in book.duties()}
    for circle in circles(_stuck(book, dead)):
        owner = next((name for name in circle if name in spots), None)
        spot = spots[owner] if owner else book.head()
        yield spot.problem(CIRCLE, line=" → ".join([*circle, circle[0]]))
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


# --- what waits for what -----------------------------------------------------------------------------------


def _stuck(book: Book, dead: Mapping[str, str]) -> dict[str, list[str]]:
    """The duties that can never begin because of a ring, each with those it waits for.

    A duty waits for *all* of its after, approvals, orders and not-before, but for only *one* of the ways it may
    arise: "a refusal creates a new request" is a loop with a way in, and no ring. A duty that never arises
    holds nobody up.
    """
    needs, ways = _needs(book), _ways(book)
    can: set[str] = set(dead)
    waiting = set(needs) - can
    while begun := {
        name
        for name in waiting
        if all(need in can or need not in needs for need in needs[name])
        and (not ways[name] or any(way in can or way not in needs for way in ways[name]))
    }:
        can |= begun
        waiting -= begun
    return {name: [other for other in (*needs[name], *ways[name]) if other in waiting] for name in sorted(waiting)}


def _all_duties(book: Book) -> dict[str, Duty]:
    return {duty.id: duty for pack in reversed(book.family) for duty in pack.duties}


def _needs(book: Book) -> dict[str, list[str]]:
    """Only within the family: what a layer's orders do to a guideline is judged when the two are laid together."""
    duties = _all_duties(book)
    lines = {name: list(_named(duty)) for name, duty in duties.items()}
    for order in (order for pack in book.family for order in pack.orders):
        first = [name for name, duty in duties.items() if duty.act == order.first]
        for name in (name for name, duty in duties.items() if duty.act in order.then):
            lines[name] += [other for other in first if other != name]
    return lines


def _named(duty: Duty) -> Iterator[str]:
    yield from (after.duty for after in duty.after)
    yield from (gate.of for gate in duty.gates if gate.kind == "approval")
    if duty.not_before and duty.not_before.anchor.startswith("duty:"):
        yield duty.not_before.anchor.removeprefix("duty:")


def _ways(book: Book) -> dict[str, list[str]]:
    """Duty -> the duties that may call it forth: by their outcome, or by an outsider who does not answer."""
    duties = _all_duties(book)
    ways = {name: [arises.duty for arises in duty.arises_from] for name, duty in duties.items()}
    for duty in duties.values():
        if duty.outsider and duty.outsider.then in ways:
            ways[duty.outsider.then].append(duty.id)
    return ways


# --- what can never come -----------------------------------------------------------------------------------


def _dead(book: Book) -> dict[str, str]:
    """Duty -> the duty it waits to be called forth by, where no way to it can happen; and all behind it."""
    dead: dict[str, str] = {}
    duties, ways = _all_duties(book), _ways(book)
    shut = {
        name: {arises.duty for arises in duty.arises_from if _impossible(book.meant(arises.duty), arises)}
        for name, duty in duties.items()
    }
    grew = True
    while grew:
        grew = False
        for name in duties:
            if ways[name] and name not in dead and all(way in shut[name] or way in dead for way in ways[name]):
                dead[name] = ways[name][0]
                grew = True
    return dead


def _impossible(duty: Duty | None, arises: ArisesFrom) -> bool:
    """No outcome asked for can happen. (One the duty does not even name is a fault told elsewhere.)"""
    return duty is not None and set(arises.outcomes) == {"declined"} and not _declinable(duty)


def _declinable(duty: Duty) -> bool:
    return duty.may_decline or any(outcome.counts_as == "declined" for outcome in duty.outcomes)


def _say_dead(book: Book, dead: Mapping[str, str]) -> Iterator[Problem]:
    for spot, duty in book.duties():
        shut = [arises for arises in duty.arises_from if _impossible(book.meant(arises.duty), arises)]
        for arises in shut:
            reason = DEAD if duty.id in dead else DEAD_WAY
            yield spot.at("arises_from").problem(reason, duty=arises.duty, outcomes=", ".join(arises.outcomes))
        if duty.id in dead and not shut:
            yield spot.at("arises_from").problem(DEAD_TOO, duty=dead[duty.id])
