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
    """One duty's history. `times` counts whole fulfilments, `endings` are all that settled it, the last of which
    counts; `covered` are those of its `all` owners who have done their part of the round under way."""

    times: int = 0
    endings: tuple[Settled, ...] = ()
    covered: frozenset[str] = frozenset()
    handed_to: str = ""

    @property
    def last(self) -> Settled | None:
        return self.endings[-1] if self.endings else None


NOTHING = Past()


class _Move(NamedTuple):
    """From `at` on `to` alone owes the duty; "" gives it back to its first owners."""

    at: datetime
    to: str


def tell(composed: Composed, case: CaseFacts, crew: Crew, now: datetime) -> Mapping[str, Past]:
    """The past of every duty that has one."""
    acts = _by_duty(composed, case, crew, now)
    pasts = {name: _past(composed.duty[name], found, crew, ()) for name, found in acts.items()}
    moves = {duty.id: _moves(duty.hand_over, pasts) for duty in composed.pack.duties if duty.hand_over}
    handed = {
        name: _past(composed.duty[name], acts.get(name, ()), crew, found) for name, found in moves.items() if found
    }
    return pasts | handed


def _moves(hand_overs: Iterable[HandOver], pasts: Mapping[str, Past]) -> tuple[_Move, ...]:
    """Who alone has owed the duty since when. Told as it was at each time, not as it looks now: an act stays whole
    though the duty was handed on, or back, later."""
    steps = sorted(
        (ending.at, one.after, one.to, bool(ending.words & set(one.outcomes)))
        for one in hand_overs
        for ending in pasts.get(one.after, NOTHING).endings
    )
    since: dict[tuple[str, str], datetime] = {}
    moves = []
    for at, after, to, handed in steps:
        if handed:
            since.setdefault((after, to), at)
        else:
            since.pop((after, to), None)
        latest = max(since, key=lambda move: (since[move], move), default=("", ""))
        moves.append(_Move(at, latest[1]))
    return tuple(moves)


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


def _past(duty: Duty, acts: Sequence[Done], crew: Crew, moves: Sequence[_Move]) -> Past:
    """Each fulfilment needs one act; with `all` owners one act for each of them."""
    to = moves[-1].to if moves else ""
    if duty.owners.mode == "all":
        endings, covered = _endings_of_all(duty, acts, crew, moves)
    else:
        endings, covered = tuple(_ending(duty, [act]) for act in acts), frozenset()
    counted = endings if duty.repeat else endings[-1:]
    return Past(sum(one.counts_as == "done" for one in counted), endings, covered, to)


def _endings_of_all(
    duty: Duty, acts: Sequence[Done], crew: Crew, moves: Sequence[_Move]
) -> tuple[tuple[Settled, ...], frozenset[str]]:
    """A round is whole when everybody who owed it then has done their part; and the parts done of the one under way."""
    latest: dict[str, Done] = {}
    endings = []
    for act in acts:
        parts = _parts(duty, [move for move in moves if move.at <= act.at])
        latest |= dict.fromkeys(_parts_of(duty, act, crew, parts), act)
        if all(part in latest for part in parts):
            endings.append(_ending(duty, [latest[part] for part in parts]))
            latest = {} if duty.repeat else latest
    return tuple(endings), frozenset(latest) & frozenset(_parts(duty, moves))


def _parts(duty: Duty, moves: Sequence[_Move]) -> tuple[str, ...]:
    return (moves[-1].to,) if moves and moves[-1].to else duty.owners.roles


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
