"""The deadlines of one duty: the guideline's own, and the clocks of layers that meet it on its act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from vaern.guideline.conditions import holds
from vaern.guideline.facts import Due
from vaern.guideline.ground import Ground
from vaern.guideline.pack import Anchor, Deadline, Duty, Offset
from vaern.guideline.when import shift

_UNITS = (("hours", "hour"), ("days", "day"), ("workdays", "working day"), ("weeks", "week"), ("months", "month"))


def deadlines(duty: Duty, ground: Ground) -> tuple[Due, ...]:
    """Every deadline on `duty`, the earliest first and those without a moment last."""
    if duty.repeat and ground.past(duty.id).times:
        return _next_time(duty, ground)
    found = _first_time(duty, ground)
    if len(found) < 2 and not duty.repeat:
        return tuple(found)
    if duty.repeat and duty.repeat.continuous:
        found = [due._replace(at=None) for due in found]
    return tuple(
        sorted(found, key=lambda due: (due.at is None, due.at or ground.now, due.layer, due.words, due.anchor))
    )


def _first_time(duty: Duty, ground: Ground) -> list[Due]:
    composed, found = ground.composed, []
    if duty.deadline:
        found.append(_due(duty.deadline, composed.layer_of(f"duty:{duty.id}"), ground))
    for clock in composed.clocks_of.get(duty.act, ()) if duty.act else ():
        if clock.when is None or holds(clock.when, ground.case.facts, composed.fact) is not False:
            found.append(_due(clock.deadline, composed.layer_of(f"clock:{clock.id}"), ground))
    return found


def _next_time(duty: Duty, ground: Ground) -> tuple[Due, ...]:
    """A recurring duty that was done: its first deadline is met, and the next runs from when it was done last."""
    last, every = ground.past(duty.id).last, duty.repeat.every if duty.repeat else None
    deadline = duty.deadline or Deadline()
    due = _due(
        deadline.model_copy(update={"anchor": None, "anchors": ()}), ground.composed.layer_of(f"duty:{duty.id}"), ground
    )
    if last and every:
        due = due._replace(at=shift(last.at, every), anchor=f"duty:{duty.id}")
    return (due,) if due.at or due.words else ()


def _due(deadline: Deadline, layer: str, ground: Ground) -> Due:
    moment, anchor = ground.times.earliest(_anchors(deadline)) or (None, "")
    return Due(
        at=shift(moment, deadline.offset or Offset()) if moment else None,
        words=deadline.words,
        layer=layer,
        own=deadline.own,
        reference=deadline.reference,
        certainty=deadline.certainty or "",
        checked_on=deadline.checked_on.isoformat() if deadline.checked_on else "",
        missed=deadline.missed,
        anchor=anchor,
    )


def _anchors(deadline: Deadline) -> tuple[Anchor, ...]:
    return ((deadline.anchor,) if deadline.anchor else ()) + deadline.anchors


def missed_words(duty: Duty, dues: Iterable[Due], ground: Ground) -> str:
    """What is still possible when a deadline, or the last moment, of a duty that is still owed has passed."""
    passed = [due.missed for due in dues if due.at is not None and due.at < ground.now and due.missed]
    if not passed and is_too_late(duty, ground) and duty.deadline:
        passed = [duty.deadline.missed]
    return passed[0] if passed else ""


def is_too_late(duty: Duty, ground: Ground) -> bool:
    last_moment = opening(duty.not_after.anchor, duty.not_after.offset, ground) if duty.not_after else None
    return last_moment is not None and last_moment < ground.now


def opening(anchor: Anchor, offset: Offset, ground: Ground) -> datetime | None:
    """The moment `offset` after `anchor`; None while the anchor is not known."""
    at = ground.times.of(anchor)
    return shift(at, offset) if at is not None else None


def say_repeats(duty: Duty) -> str:
    """How a duty recurs, in words: "every 7 days until event:removed", "continuous", "" when it does not."""
    repeat = duty.repeat
    if repeat is None:
        return ""
    words = ["continuous"] if repeat.continuous else []
    words += [f"every {say_offset(repeat.every)}"] if repeat.every else []
    words += [f"until {repeat.until}"] if repeat.until else []
    words += [f"at least {repeat.at_least}"] if repeat.at_least else []
    return " ".join(words) or "again"


def say_offset(offset: Offset) -> str:
    for field, unit in _UNITS:
        count = getattr(offset, field)
        if count is not None:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return ""
