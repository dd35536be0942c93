"""Duties and closing: what may be settled, in which way, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from vaern.cases.facts import Attempt, Settled, Silence, Submission, Urgency
from vaern.cases.rules.agreements import check_agreed
from vaern.cases.rules.happened import check_happened, happened_at
from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.core.workdays import DANISH_TIME
from vaern.guideline.facts import Row, State, Why
from vaern.guideline.pack import Duty, Modality

DANISH = DANISH_TIME
HANDLERS = frozenset({"manager", "managers_manager", "secretariat"})
SPOKEN_FOR = frozenset({"affected", "reporter", "colleague", "amr", "tr", "employees", "outsider"})
"""Kinds of owner a handler may record for: they told it, or did it, and somebody has to write it down."""

PROOF_MISSING = {
    "text": _("Skriv, hvad der er gjort."),
    "date": _("Skriv, hvilken dag det skete."),
    "recipient": _("Skriv, hvem der har fået det."),
    "reference": _("Skriv det nummer eller den kvittering, du fik."),
    "agreed": _("Skriv, hvad I har aftalt."),
    "offered": _("Skriv, hvad der er tilbudt."),
    "reasons": _("Skriv begrundelsen."),
}
_OPEN = (State.OWED, State.WAITING, State.BLOCKED)


def urgency(row: Row, now: datetime) -> Urgency:
    """Which heap a duty lies in. Words such as "straks" are no number, so a must with words alone lies in `now`."""
    if row.state not in _OPEN:
        return "done"
    if row.state is not State.OWED:
        return "waiting"
    if row.due is None:
        return "now" if row.words and row.modality == Modality.MUST else "later"
    return urgency_of(row.due, now)


def urgency_of(due: datetime, now: datetime) -> Urgency:
    left = due - now
    if left <= timedelta(hours=4):
        return "now"
    if due.astimezone(DANISH).date() == now.astimezone(DANISH).date():
        return "today"
    if left <= timedelta(hours=72):
        return "hours_72"
    return "week" if left <= timedelta(days=7) else "later"


def silence(last_heard: datetime, now: datetime, limit_days: int) -> Silence:
    since = max(now - last_heard, timedelta(0))
    return Silence(since=since, limit_days=limit_days, alarm=since >= timedelta(days=limit_days))


def in_danger(facts: Mapping[str, object]) -> bool:
    """Whether somebody has said that anyone is in danger now, and nobody has said that it is over."""
    return facts.get("danger_now") == "yes"


def may_settle(attempt: Attempt) -> Refusal | None:
    """Owners settle their own; a handler may record for the employee; a decision right is nobody else's."""
    if attempt.decider_kinds and attempt.relations.isdisjoint(attempt.decider_kinds):
        return _refuse("not_yours_to_decide", _("Det er en anden, der skal afgøre dette."), attempt.duty)
    own = not attempt.relations.isdisjoint(attempt.owner_kinds)
    for_others = not attempt.relations.isdisjoint(HANDLERS) and not attempt.owner_kinds.isdisjoint(SPOKEN_FOR)
    if own or for_others:
        return None
    return _refuse("not_yours", _("Det er en anden, der skal gøre dette."), attempt.duty)


def fulfil(attempt: Attempt, given: Submission, now: datetime) -> Settled | tuple[Refusal, ...]:
    """Whether this settles the duty, in the way its kind demands. All that is wrong is said at once."""
    stop = _closed(attempt) or may_settle(attempt) or _not_ready(attempt, given) or _unknown_outcome(attempt, given)
    if stop is not None:
        return (stop,)
    at = happened_at(given.on_date, given.at_time, now)
    wrong = [*_proof(attempt, given), *_choice(attempt, given), *check_happened(at, now)]
    if wrong or at is None:
        return tuple(wrong)
    return Settled(outcome=given.outcome, at=min(at, now), fields=_fields(given), choice=given.choice)


def _refuse(code: str, message: str, duty: Duty, field: str = "", **params: str) -> Refusal:
    return Refusal(code, message, {"duty": duty.title, **params}, duty.clauses, field)


def _closed(attempt: Attempt) -> Refusal | None:
    if attempt.open:
        return None
    return _refuse("case_closed", _("Sagen er afsluttet. Åbn den igen, før du skriver mere."), attempt.duty)


def _not_ready(attempt: Attempt, given: Submission) -> Refusal | None:
    """A duty that waits or is blocked cannot be done; it can still be set aside as not relevant, with a reason.
    What was settled may be settled anew, however it ended. Where an outsider had words for a deadline ("at once"),
    somebody has to judge that the time is up: no clock will."""
    row = attempt.row
    if row.state is State.OWED or row.why is Why.OUTCOME:
        return None
    if row.state is State.WAITING and row.why is Why.OUTSIDER and row.not_before is None:
        return None
    if given.outcome == "not_relevant" and row.state is State.BLOCKED:
        return None
    first = ", ".join(attempt.titles.get(ref, ref) for ref in row.refs)
    if row.state is State.WAITING and row.why in (Why.AFTER_DUTY, Why.ORDER):
        clauses = tuple(clause for ref in row.refs for clause in attempt.clauses.get(ref, ()))
        message = _("Vent med “%(duty)s”: først skal “%(first)s” være på plads.")
        return Refusal("too_early", message, {"duty": attempt.duty.title, "first": first}, clauses)
    if row.state is State.BLOCKED:
        return _refuse(
            "blocked", _("“%(duty)s” kan ikke gøres endnu. Der mangler: %(first)s."), attempt.duty, first=first
        )
    return _refuse("not_owed", _("“%(duty)s” skal ikke gøres nu."), attempt.duty)


def _unknown_outcome(attempt: Attempt, given: Submission) -> Refusal | None:
    if given.outcome == "declined" and not attempt.duty.may_decline:
        return _refuse("may_not_decline", _("“%(duty)s” kan ikke vælges fra."), attempt.duty, "outcome")
    if given.outcome in {"done", "declined", "not_relevant", *(o.id for o in attempt.duty.outcomes)}:
        return None
    return _refuse("unknown_outcome", _("Vælg, hvordan det gik."), attempt.duty, "outcome")


def counts_as(duty: Duty, outcome: str) -> str:
    """What an outcome the guideline names itself counts as: done, declined or not_relevant."""
    return next((o.counts_as for o in duty.outcomes if o.id == outcome), outcome)


def _needs_reason(duty: Duty, outcome: str) -> bool:
    named = next((o for o in duty.outcomes if o.id == outcome), None)
    return outcome in {"declined", "not_relevant"} if named is None else named.needs_reason


def _proof(attempt: Attempt, given: Submission) -> list[Refusal]:
    """Which proof is missing. A date left empty means now, so it is never missing."""
    duty = attempt.duty
    wanted = ["reasons"] if _needs_reason(duty, given.outcome) else []
    if counts_as(duty, given.outcome) == "done":
        wanted += [proof for proof in duty.proof if proof in PROOF_MISSING and proof not in ("date", *wanted)]
    missing = [name for name in wanted if not getattr(given, name).strip()]
    wrong = [_refuse(f"missing_{name}", PROOF_MISSING[name], duty, name) for name in missing]
    if "evidence" in duty.proof and counts_as(duty, given.outcome) == "done" and not attempt.evidence_count:
        wrong.append(_refuse("missing_evidence", _("Læg beviset på sagen først."), duty))
    unlike = check_agreed(attempt, given) if given.outcome == "done" else []
    return wrong + [refusal for refusal in unlike if refusal.field not in missing]


def _choice(attempt: Attempt, given: Submission) -> list[Refusal]:
    duty = attempt.duty
    if not duty.alternatives or counts_as(duty, given.outcome) != "done":
        return []
    known = set(given.choice) & {alternative.id for alternative in duty.alternatives}
    if not known or known != set(given.choice):
        return [_refuse("missing_choice", _("Vælg, hvad der er gjort."), duty, "choice")]
    if duty.choose == "one" and len(known) > 1:
        return [_refuse("one_choice", _("Vælg kun én af mulighederne."), duty, "choice")]
    return []


def _fields(given: Submission) -> dict[str, str]:
    names = ("text", "recipient", "reference", "agreed", "offered", "reasons", "declined_by")
    return {name: value for name in names if (value := getattr(given, name).strip())}


def close(rows: Sequence[Row], duties: Mapping[str, Duty]) -> tuple[Refusal, ...]:
    """Nothing when the case may close; else one refusal for each must that is open, with its clause."""
    message = _("“%(duty)s” mangler.")
    return tuple(
        Refusal("duty_open", message, {"duty": duties[row.id].title, "id": row.id}, row.clause)
        for row in rows
        if row.must_close
    )


def next_due(rows: Iterable[Row]) -> datetime | None:
    return min((row.due for row in rows if row.state is State.OWED and row.due is not None), default=None)


def heard(duty: Duty, settled: Settled, by_affected: bool) -> bool:
    """Whether settling it is news to the affected employee. What she did herself is no news to her."""
    return duty.tells_affected and not by_affected and counts_as(duty, settled.outcome) == "done"


def recorded_meanwhile(duty: Duty, times_done: int, times_seen: int) -> tuple[Refusal, ...]:
    """Somebody settled the duty after this form was shown: say so, write nothing, lose nothing typed."""
    if times_done == times_seen:
        return ()
    message = _("En anden har skrevet på “%(duty)s”, siden du åbnede siden. Se, hvad der står, før du gemmer igen.")
    return (_refuse("recorded_meanwhile", message, duty),)
