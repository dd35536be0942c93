"""A layer's duty that stands in where the guideline itself says nothing, and steps back where it does.

What else in the layer points at the duty that stepped back is turned to the guideline's own, so that a layer's
follow-up to "report to the police" also follows up the guideline's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vaern.guideline.pack import (
    Deadline,
    Duty,
    Gate,
    Moment,
    OutsiderDeadline,
    Part,
    Repeat,
)

_Entries = Mapping[str, list[tuple[str, Part]]]
_Moved = Mapping[str, tuple[str, ...]]
"""Duty that stepped back -> the guideline's duties that carry its act."""


def without_stand_ins(layer: _Entries, acts: Mapping[str, tuple[str, ...]]) -> dict[str, list[tuple[str, Part]]]:
    """The layer's entries (each with its origin) without the duties whose act stands in `acts` (act -> duty ids of
    the guideline), and with the references to them turned."""
    moved = {
        duty.id: acts[duty.stands_in_for]
        for _, duty in layer["duties"]
        if isinstance(duty, Duty) and duty.stands_in_for and duty.stands_in_for in acts
    }
    kept = [
        (origin, _turn(duty, moved))
        for origin, duty in layer["duties"]
        if isinstance(duty, Duty) and duty.id not in moved
    ]
    return {**layer, "duties": [*kept]} if moved else dict(layer)


def _turn(duty: Duty, moved: _Moved) -> Duty:
    return duty.model_copy(
        update={
            "after": _spread(duty.after, "duty", moved),
            "arises_from": _spread(duty.arises_from, "duty", moved),
            "gates": tuple(turned for gate in duty.gates for turned in _gate(gate, moved)),
            "hand_over": _spread(duty.hand_over, "after", moved),
            "deadline": _deadline(duty.deadline, moved),
            "not_before": _moment(duty.not_before, moved),
            "not_after": _moment(duty.not_after, moved),
            "repeat": _repeat(duty.repeat, moved),
            "outsider": _outsider(duty.outsider, moved),
        }
    )


def _spread(sources: Iterable[Part], field: str, moved: _Moved) -> tuple[Part, ...]:
    """A reference to one duty becomes one to each of the duties in its place."""
    return tuple(
        source.model_copy(update={field: name})
        for source in sources
        for name in moved.get(getattr(source, field), (getattr(source, field),))
    )


def _gate(gate: Gate, moved: _Moved) -> tuple[Part, ...]:
    return _spread((gate,), "of", moved) if gate.kind == "approval" else (gate,)


def _anchors(anchors: Iterable[str], moved: _Moved) -> tuple[str, ...]:
    return tuple(
        f"duty:{name}" if anchor.startswith("duty:") else anchor
        for anchor in anchors
        for name in moved.get(anchor.removeprefix("duty:"), (anchor.removeprefix("duty:"),))
    )


def _deadline(deadline: Deadline | None, moved: _Moved) -> Deadline | None:
    if deadline is None:
        return None
    anchors = _anchors(((deadline.anchor,) if deadline.anchor else ()) + deadline.anchors, moved)
    return deadline.model_copy(update={"anchor": None, "anchors": anchors})


def _moment(moment: Moment | None, moved: _Moved) -> Moment | None:
    return moment and moment.model_copy(update={"anchor": _anchors((moment.anchor,), moved)[0]})


def _repeat(repeat: Repeat | None, moved: _Moved) -> Repeat | None:
    if repeat is None or repeat.until is None:
        return repeat
    return repeat.model_copy(update={"until": _anchors((repeat.until,), moved)[0]})


def _outsider(outsider: OutsiderDeadline | None, moved: _Moved) -> OutsiderDeadline | None:
    return outsider and outsider.model_copy(update={"then": moved.get(outsider.then, (outsider.then,))[0]})
