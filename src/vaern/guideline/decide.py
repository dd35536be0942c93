"""The decision about one duty: a row of short questions, the first with an answer decides.

The order is part of the meaning. First what is over; then whether the duty exists in this case at all; then what
makes it fall away; and only last what it waits for. A duty that falls away is thus never shown as waiting, and
what its falling away creates (the note that the employee did not want a police report) does not wait either.
"""

from __future__ import annotations

from collections.abc import Callable

from vaern.guideline.arising import by_arising
from vaern.guideline.conditions import holds, unknown_facts
from vaern.guideline.deadlines import is_too_late, opening
from vaern.guideline.facts import State, Why
from vaern.guideline.ground import Ground, Verdict, has_ended
from vaern.guideline.history import Settled
from vaern.guideline.pack import Duty, Gate, Modality

_STATE = {"done": State.DONE, "declined": State.DECLINED, "not_relevant": State.NOT_RELEVANT}
OWED = Verdict(State.OWED)


def decide(duty: Duty, ground: Ground) -> Verdict:
    for question in _QUESTIONS:
        verdict = question(duty, ground)
        if verdict is not None:
            return verdict
    return OWED


# --- what is over ------------------------------------------------------------------------------------------


def by_history(duty: Duty, ground: Ground) -> Verdict | None:
    past = ground.past(duty.id)
    if past.last is None:
        return None
    if duty.repeat is None or past.last.counts_as != "done":
        return _settled(past.last)
    return by_end(duty, ground)


def _settled(last: Settled) -> Verdict:
    return Verdict(_STATE[last.counts_as], Why.OUTCOME, last.outcomes, settled_at=last.at)


def by_end(duty: Duty, ground: Ground) -> Verdict | None:
    ended = has_ended(duty, ground)
    if ended is None:
        return None
    last = ground.past(duty.id).last
    return Verdict(State.DONE, Why.ENDED, settled_at=max(ended, last.at) if last else ended)


# --- what falls away ---------------------------------------------------------------------------------------


def by_condition(duty: Duty, ground: Ground) -> Verdict | None:
    if duty.when is None:
        return None
    truth = holds(duty.when, ground.case.facts, ground.composed.fact)
    if truth is None:
        asked = unknown_facts(duty.when, ground.case.facts, ground.composed.fact)
        return Verdict(State.BLOCKED, Why.FACT_UNKNOWN, asked)
    return None if truth else Verdict(State.NOT_RELEVANT, Why.CONDITION)


def by_exception(duty: Duty, ground: Ground) -> Verdict | None:
    """An exception needs to be known to hold, and what lifts it known not to: in doubt the duty stands."""
    facts, known = ground.case.facts, ground.composed.fact
    reasons = [
        exception.reason
        for exception in duty.exceptions
        if holds(exception.when, facts, known)
        and (exception.unless is None or holds(exception.unless, facts, known) is False)
    ]
    return Verdict(State.NOT_RELEVANT, Why.EXCEPTION, text=min(reasons)) if reasons else None


def by_lateness(duty: Duty, ground: Ground) -> Verdict | None:
    """What must be done stays owed when it is late; the rest is over."""
    if duty.modality is Modality.MUST or not is_too_late(duty, ground):
        return None
    return Verdict(State.NOT_RELEVANT, Why.TOO_LATE)


def by_refusal(duty: Duty, ground: Ground) -> Verdict | None:
    """A wish answered no, or an approval that was refused."""
    no = [gate for gate in duty.gates if gate.kind == "wish" and ground.case.consents.get(gate.of) == "no"]
    if no:
        return _at_gate(State.NOT_RELEVANT, Why.WISH_NO, no)
    refused = [gate for gate in duty.gates if gate.kind == "approval" and _refused(gate, ground)]
    return _at_gate(State.NOT_RELEVANT, Why.APPROVAL, refused) if refused else None


def _refused(gate: Gate, ground: Ground) -> bool:
    """Ended otherwise than the gate asks for. A bare "done" where the gate names the pack's own outcomes, or the
    other way round, is neither a yes nor a no: the duty then stays blocked until it is decided in so many words."""
    if _open(gate, ground) or not ground.ended(gate.of):
        return False
    last = ground.past(gate.of).last
    return last is None or last.counts_as != "done" or ("done" in last.outcomes) == ("done" in gate.outcomes)


def _open(gate: Gate, ground: Ground) -> bool:
    """An approval is only what the pack names: "refused" also counts as a decision that was made, so `counts_as`
    opens nothing here. Where the approval itself has no place in the case, none is needed."""
    last = ground.past(gate.of).last
    if last is not None:
        return set(last.outcomes) <= set(gate.outcomes)
    return ground.fell_away(gate.of, Why.CONDITION, Why.EXCEPTION)


def _at_gate(state: State, why: Why, gates: list[Gate]) -> Verdict:
    gates = sorted(gates, key=lambda gate: gate.of)
    return Verdict(state, why, tuple(dict.fromkeys(gate.of for gate in gates)), gates[0].reason)


# --- what it waits for -------------------------------------------------------------------------------------


def by_after(duty: Duty, ground: Ground) -> Verdict | None:
    waits = [after for after in duty.after if not _begun(after.duty, after.outcomes, ground)]
    if not waits:
        return None
    waits.sort(key=lambda after: after.duty)
    # One that has ended otherwise holds this duty back, but it may never come, so the case is not kept open for it.
    never = any(ground.ended(after.duty) for after in waits)
    refs = tuple(dict.fromkeys(after.duty for after in waits))
    return Verdict(State.WAITING, Why.AFTER_DUTY, refs, waits[0].reason, holds_case=not never)


def _begun(duty: str, outcomes: tuple[str, ...], ground: Ground) -> bool:
    if ground.fell_away(duty):
        return True  # a step that has no place in this case holds nobody up
    return bool(ground.endings(duty) & set(outcomes)) if outcomes else ground.settled(duty)


def by_order(duty: Duty, ground: Ground) -> Verdict | None:
    held = ground.composed.held_by.get(duty.id, ())
    waits = sorted((first, order.reason) for first, order in held if not ground.settled(first))
    if not waits:
        return None
    return Verdict(State.WAITING, Why.ORDER, tuple(dict.fromkeys(first for first, _ in waits)), waits[0][1])


def by_gate(duty: Duty, ground: Ground) -> Verdict | None:
    """The gates that are not open: the employee's wish before the approval, and both before an event."""
    asked = [g for g in duty.gates if g.kind == "wish" and ground.case.consents.get(g.of, "unknown") == "unknown"]
    if asked:
        return _at_gate(State.BLOCKED, Why.WISH_UNKNOWN, asked)
    approvals = [gate for gate in duty.gates if gate.kind == "approval" and not _open(gate, ground)]
    if approvals:
        return _at_gate(State.BLOCKED, Why.APPROVAL, approvals)
    events = [gate for gate in duty.gates if gate.kind == "event" and not ground.happened(f"event:{gate.of}")]
    return _at_gate(State.WAITING, Why.EVENT, events) if events else None


def by_time(duty: Duty, ground: Ground) -> Verdict | None:
    if duty.not_before is None:
        return None
    anchor = duty.not_before.anchor
    at = opening(anchor, duty.not_before.offset, ground)
    if at is None:
        source = anchor.removeprefix("duty:") if anchor.startswith("duty:") else ""
        return None if source and ground.ended(source) else Verdict(State.WAITING, Why.ANCHOR_UNKNOWN, (anchor,))
    return Verdict(State.WAITING, Why.NOT_BEFORE, not_before=at) if ground.now < at else None


def by_owner(duty: Duty, ground: Ground) -> Verdict | None:
    roles = roles_left(duty, ground)
    return None if ground.crew.present(roles) else Verdict(State.BLOCKED, Why.NO_OWNER, tuple(sorted(roles)))


def roles_left(duty: Duty, ground: Ground) -> tuple[str, ...]:
    """The roles that owe it, before anybody stands in: after hand-over, and with `all` those whose part is open."""
    past = ground.past(duty.id)
    roles = (past.handed_to,) if past.handed_to else duty.owners.roles
    if not past.covered:
        return roles
    return tuple(role for role in roles if role not in past.covered) or roles


_QUESTIONS: tuple[Callable[[Duty, Ground], Verdict | None], ...] = (
    by_history,
    by_arising,
    by_condition,
    by_exception,
    by_end,
    by_lateness,
    by_refusal,
    by_after,
    by_order,
    by_gate,
    by_time,
    by_owner,
)
