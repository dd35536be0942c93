"""What a guideline needs to know about a case, and which of it the case does not know yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vaern.guideline.composed import Composed
from vaern.guideline.facts import Row, State, Why
from vaern.guideline.pack import Anchor, Condition, Deadline, Duty, Test

SET_BY_VAERN = frozenset({"reported", "evidence_secured"})
"""Events nobody types: the report's own moment, and evidence laid on the case."""
ALWAYS = frozenset({"danger_now"})
"""Asked whatever the guideline says: a danger that was reported must be possible to end, and one that arises to say."""


def facts_used(composed: Composed) -> tuple[str, ...]:
    """Facts that some condition of the guideline asks about, and danger, in the order they are declared."""
    used = {test.fact for condition in _conditions(composed) for test in _tests(condition)}
    return tuple(name for name in composed.fact if name in used | ALWAYS)


def events_used(composed: Composed) -> tuple[str, ...]:
    """Events that some time of the guideline is counted from, runs until or waits for, as far as people note them."""
    used = {anchor.removeprefix("event:") for anchor in _anchors(composed) if anchor.startswith("event:")}
    used |= {gate.of for duty in composed.pack.duties for gate in duty.gates if gate.kind == "event"}
    used |= {duty.outsider.answered_by for duty in composed.pack.duties if duty.outsider and duty.outsider.answered_by}
    return tuple(name for name in composed.event if name in used - SET_BY_VAERN)


def facts_missing(rows: Iterable[Row]) -> tuple[str, ...]:
    """Facts some duty waits for, those that hold most duties back first."""
    return _often(ref for row in rows if row.why is Why.FACT_UNKNOWN for ref in row.refs)


def events_missing(composed: Composed, rows: Iterable[Row], events: Mapping[str, object]) -> tuple[str, ...]:
    """Events a not-before or a deadline of an owed duty hangs on, and that have no date yet."""
    waits = [row for row in rows if row.why is Why.ANCHOR_UNKNOWN]
    owed = [row for row in rows if row.state is State.OWED and all(due.at is None for due in row.deadlines)]
    anchors = [ref for row in waits for ref in row.refs]
    anchors += [anchor for row in owed for anchor in _due_anchors(composed, composed.duty[row.id])]
    names = _often(anchor.removeprefix("event:") for anchor in anchors if anchor.startswith("event:"))
    return tuple(name for name in names if name not in events and name not in SET_BY_VAERN)


def _often(names: Iterable[str]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _conditions(composed: Composed) -> Iterator[Condition]:
    pack = composed.pack
    exceptions = [one for duty in pack.duties for one in duty.exceptions]
    found = [
        *(duty.when for duty in pack.duties),
        *(one.when for one in exceptions),
        *(one.unless for one in exceptions),
        *(clock.when for clock in pack.clocks),
        *(letter.when for letter in pack.letters),
        *(offence.when for offence in pack.offences),
    ]
    return (condition for condition in found if condition is not None)


def _tests(condition: Condition) -> Iterator[Test]:
    yield from (*condition.all, *condition.any, *condition.none)


def _anchors(composed: Composed) -> Iterator[Anchor]:
    for duty in composed.pack.duties:
        yield from _due_anchors(composed, duty)
        yield from (moment.anchor for moment in (duty.not_before, duty.not_after) if moment)
        if duty.repeat and duty.repeat.until:
            yield duty.repeat.until


def _due_anchors(composed: Composed, duty: Duty) -> Iterator[Anchor]:
    clocks = composed.clocks_of.get(duty.act, ()) if duty.act else ()
    for deadline in (duty.deadline, *(clock.deadline for clock in clocks)):
        if deadline is not None:
            yield from _of(deadline)


def _of(deadline: Deadline) -> tuple[Anchor, ...]:
    return ((deadline.anchor,) if deadline.anchor else ()) + deadline.anchors
