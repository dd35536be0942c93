"""Duties that exist only because of another: its outcome, or an outsider who did not answer it in time."""

from __future__ import annotations

from vaern.guideline.facts import State, Why
from vaern.guideline.ground import Ground, Verdict
from vaern.guideline.pack import ArisesFrom, Duty
from vaern.guideline.when import shift

_RANK = ((State.WAITING, Why.OUTSIDER), (State.WAITING, Why.ARISES), (State.NOT_RELEVANT, Why.OUTSIDER))


def by_arising(duty: Duty, ground: Ground) -> Verdict | None:
    """None when the duty exists: because nothing needs to call it forth, or because one of its sources has."""
    routes = [_from_outcome(source, duty, ground) for source in duty.arises_from]
    routes += [_from_outsider(source, ground) for source in ground.composed.outsiders_of.get(duty.id, ())]
    waits = [route for route in routes if route is not None]
    if len(waits) < len(routes) or not waits:
        return None
    best = min(_rank(route) for route in waits)
    return _together([route for route in waits if _rank(route) == best])


def _rank(verdict: Verdict) -> int:
    """What may still come goes before what cannot."""
    pair = (verdict.state, verdict.why)
    return _RANK.index(pair) if pair in _RANK else len(_RANK)


def _together(routes: list[Verdict]) -> Verdict:
    """Several sources alike: named together, with the earliest time any of them may call the duty forth."""
    moments = [route.not_before for route in routes if route.not_before is not None]
    return Verdict(
        state=routes[0].state,
        why=routes[0].why,
        refs=tuple(sorted({ref for route in routes for ref in route.refs})),
        text=min(route.text for route in routes),
        not_before=min(moments, default=None),
        holds_case=any(route.holds_case for route in routes),
    )


def _from_outcome(source: ArisesFrom, duty: Duty, ground: Ground) -> Verdict | None:
    if ground.endings(source.duty) & set(source.outcomes) and not _runs_on_outsider(source, duty, ground):
        return None
    return _dormant(source.duty, ground)


def _runs_on_outsider(source: ArisesFrom, duty: Duty, ground: Ground) -> bool:
    """The source was done and now waits for an outsider: then that deadline decides, not the mere doing."""
    declared = ground.composed.duty.get(source.duty)
    last = ground.past(source.duty).last
    waits = declared is not None and declared.outsider is not None and declared.outsider.then == duty.id
    return waits and last is not None and last.counts_as == "done"


def _dormant(source: str, ground: Ground) -> Verdict:
    state = State.NOT_RELEVANT if ground.ended(source) else State.WAITING
    return Verdict(state, Why.ARISES, (source,), holds_case=False)


def _from_outsider(source: Duty, ground: Ground) -> Verdict | None:
    outsider, last = source.outsider, ground.past(source.id).last
    if outsider is None or last is None or last.counts_as != "done":
        return _dormant(source.id, ground)
    if outsider.answered_by and ground.happened(f"event:{outsider.answered_by}"):
        return Verdict(State.NOT_RELEVANT, Why.OUTSIDER, (outsider.who,), outsider.words)
    if outsider.offset is None:  # a deadline in words never passes by itself
        return Verdict(State.WAITING, Why.OUTSIDER, (outsider.who,), outsider.words, holds_case=False)
    until = shift(last.at, outsider.offset)
    if ground.now < until:
        return Verdict(State.WAITING, Why.OUTSIDER, (outsider.who,), outsider.words, not_before=until)
    return None
