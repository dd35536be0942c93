"""What has been done so far, told per duty: how often, when last, and how it ended.

The order history is handed over in means nothing: acts are sorted by their time. When a duty was settled twice the
later act counts (it was decided anew). Acts later than `now` have not happened yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from vaern.guideline.composed import Composed
from vaern.guideline.core_facts import NAMED_OUTCOMES
from vaern.guideline.crew import Crew
from vaern.guideline.facts import CaseFacts, Done
from vaern.guideline.pack import Duty, HandOver

_WORST_FIRST = ("declined", "done", "not_relevant")


class Settled(NamedTuple):
    """How a duty ended: when, with which outcomes (several only where each of `all` owners had their own), and
    which of the built-in three it counts as."""

    at: datetime
    outcomes: tuple[str, ...]
    counts_as: str

    @property
    def words(self) -> frozenset[str]:
        """What a pack may call this ending: the outcomes themselves, and the one they count as."""
        return frozenset((*self.outcomes, self.counts_as))


class Past(NamedTuple):
    """One duty's history. `times` counts whole fulfilments; `covered` are those of its `all` owners who have done
    their part of the one that is under way."""

    times: int = 0
    last: Settled | None = None
    covered: frozenset[str] = frozenset()
    handed_to: str = ""


NOTHING = Past()


class _Move(NamedTuple):
    """From `at` on `to` alone owes the duty."""

    at: datetime
    to: str


def tell(composed: Composed, case: CaseFacts, crew: Crew, now: datetime) -> Mapping[str, Past]:
    """The past of every duty that has one."""
    acts = _by_duty(composed, case, crew, now)
    pasts = {name: _past(composed.duty[name], found, crew, None) for name, found in acts.items()}
    moves = {duty.id: _move(duty.hand_over, pasts) for duty in composed.pack.duties if duty.hand_over}
    for name, move in moves.items():
        if move is not None:
            pasts[name] = _past(composed.duty[name], acts.get(name, ()), crew, move)
    return pasts


def _move(hand_overs: Iterable[HandOver], pasts: Mapping[str, Past]) -> _Move | None:
    """The latest hand-over that has happened."""
    happened = [
        (last.at, one.after, one.to)
        for one in hand_overs
        if (last := pasts.get(one.after, NOTHING).last) and last.words & set(one.outcomes)
    ]
    if not happened:
        return None
    at, _, to = max(happened)
    return _Move(at, to)


def _by_duty(composed: Composed, case: CaseFacts, crew: Crew, now: datetime) -> dict[str, list[Done]]:
    acts: dict[str, list[Done]] = {}
    for act in sorted(case.done, key=lambda act: (act.at, act.duty, act.outcome, act.by_role, act.choice)):
        duty = composed.duty.get(act.duty)
        if duty is not None and act.at <= now and _counts(duty, act, crew):
            acts.setdefault(act.duty, []).append(act)
    return acts


def _counts(duty: Duty, act: Done, crew: Crew) -> bool:
    """An outcome the pack does not know settles nothing; nor does a decision by somebody without the right to it
    (who may still act alone, as the pack's `others_may` says, without deciding for the organisation)."""
    counted = counts_as(duty, act.outcome)
    if counted is None:
        return False
    if duty.decision_right is None or act.by_role == "":
        return True
    by_the_affected = duty.declined_by == "affected" and crew.kind(act.by_role) == "affected"
    return act.by_role in crew.chain(duty.decision_right.role) or (counted == "declined" and by_the_affected)


def counts_as(duty: Duty, outcome: str) -> str | None:
    """Which of done, declined and not_relevant `outcome` counts as for `duty`; None when the pack has no such."""
    if outcome in NAMED_OUTCOMES:
        return outcome
    return next((one.counts_as for one in duty.outcomes if one.id == outcome), None)


def _past(duty: Duty, acts: Sequence[Done], crew: Crew, move: _Move | None) -> Past:
    """Each fulfilment needs one act; with `all` owners one act for each of them."""
    to = move.to if move else ""
    if duty.owners.mode != "all":
        endings = [_ending(duty, [act]) for act in (acts if duty.repeat else acts[-1:])]
        return Past(sum(one.counts_as == "done" for one in endings), endings[-1] if endings else None, handed_to=to)
    return _past_of_all(duty, acts, crew, move)


def _past_of_all(duty: Duty, acts: Sequence[Done], crew: Crew, move: _Move | None) -> Past:
    """A round is whole when every owner has done their part; what the first owners finished before a hand-over
    stays finished."""
    latest: dict[str, Done] = {}
    times, last = 0, None
    for act in acts:
        parts = _parts(duty, move if move and act.at >= move.at else None)
        latest |= dict.fromkeys(_parts_of(duty, act, crew, parts), act)
        if all(part in latest for part in parts):
            last = _ending(duty, [latest[part] for part in parts])
            times = (times if duty.repeat else 0) + (last.counts_as == "done")
            latest = {} if duty.repeat else latest
    return Past(times, last, frozenset(latest) & frozenset(_parts(duty, move)), move.to if move else "")


def _parts(duty: Duty, move: _Move | None) -> tuple[str, ...]:
    return (move.to,) if move else duty.owners.roles


def _parts_of(duty: Duty, act: Done, crew: Crew, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Which owners' parts the act fulfils. Declining from outside the owners (by the affected employee, say) settles
    the duty for them all; an act by nobody in particular fulfils no single owner's part."""
    if act.by_role in parts:
        return tuple(role for role in parts if act.by_role in (role, crew.stand_in(role)))
    stood_in = tuple(role for role in parts if act.by_role in crew.chain(role))
    if stood_in:
        return stood_in
    return () if counts_as(duty, act.outcome) == "done" else parts


def _ending(duty: Duty, acts: list[Done]) -> Settled:
    if len(acts) == 1:
        return Settled(acts[0].at, (acts[0].outcome,), counts_as(duty, acts[0].outcome) or "")
    return _ending_of_all(duty, acts)


def _ending_of_all(duty: Duty, acts: list[Done]) -> Settled:
    """Of several owners' outcomes one declined makes it declined: what follows from that must not be lost."""
    counted = {counts_as(duty, act.outcome) for act in acts}
    return Settled(
        at=max(act.at for act in acts),
        outcomes=tuple(sorted({act.outcome for act in acts})),
        counts_as=next(word for word in _WORST_FIRST if word in counted),
    )
