"""Settling a duty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vaern.cases.facts import Agreed, Attempt, Planned, Settled, Submission
from vaern.cases.models import Case, Fulfilment
from vaern.cases.planning import planned
from vaern.cases.rules import (
    HANDLERS,
    agreements_before,
    binds,
    counts_as,
    fulfil,
    heard,
    last_agreed,
    recorded_meanwhile,
)
from vaern.cases.service.change import POST_OF, add_holders, kinds_of, lock, record, renew
from vaern.core.refusal import Refused, Unseen
from vaern.guideline.pack import Duty
from vaern.people.facts import Actor


def fulfil_duty(
    *,
    actor: Actor,
    relations: frozenset[str],
    case_id: UUID,
    duty_id: str,
    given: Submission,
    times_seen: int,
    evidence_count: int,
    now: datetime,
) -> Settled:
    """Settles one duty in the way its kind demands, and lets what follows from it follow.

    `times_seen` is how often it was settled when the form was shown: whoever comes second is told, not overwritten.
    Raises Refused (the first thing wrong; `.refusals` has all) or Unseen for a duty the case does not have.
    """
    with transaction.atomic():
        case = lock(case_id)
        plan = planned(case, now)
        attempt = attempt_of(case, plan, duty_id, relations, evidence_count)
        meanwhile = recorded_meanwhile(attempt.duty, attempt.row.times_done, times_seen)
        decision = meanwhile or fulfil(attempt, given, now)
        if not isinstance(decision, Settled):
            raise Refused(*decision)
        _write(actor, case, plan, attempt, decision, now)
    return decision


def attempt_of(case: Case, plan: Planned, duty_id: str, relations: frozenset[str], evidence_count: int) -> Attempt:
    row, duty = plan.row(duty_id), plan.composed.duty.get(duty_id)
    if row is None or duty is None:
        raise Unseen(duty_id)
    roles = plan.composed.role
    decider = (duty.decision_right.role,) if duty.decision_right else ()
    return Attempt(
        duty=duty,
        row=row,
        owner_kinds=kinds_of(row.owners or duty.owners.roles, roles),
        decider_kinds=kinds_of(decider, roles),
        relations=relations,
        open=case.state == "open",
        evidence_count=evidence_count,
        titles=_titles(plan, row.refs),
        clauses={one.id: one.clauses for one in plan.composed.duty.values()},
        binds=binds(duty, plan.composed.duty),
        agreed=_agreed(case, plan, duty),
    )


def _agreed(case: Case, plan: Planned, duty: Duty) -> Agreed | None:
    """What was agreed with the employee before others may be told; asked for only where a duty hangs on it."""
    wanted = agreements_before(duty, plan.composed.duty)
    if not wanted:
        return None
    made = Fulfilment.objects.filter(case=case, duty__in=wanted).order_by("recorded_at", "pk")
    return last_agreed(wanted, made.values_list("duty", "outcome", "fields"))


def _titles(plan: Planned, refs: Iterable[str]) -> dict[str, str]:
    """What the things a duty waits for are called: duties, consents, facts, events."""
    kinds = ("duty", "consent", "fact", "event")
    named = ((ref, kind) for ref in refs for kind in kinds if plan.composed.entry(f"{kind}:{ref}"))
    return {ref: plan.composed.label(f"{kind}:{ref}") for ref, kind in named}


def _write(actor: Actor, case: Case, plan: Planned, attempt: Attempt, settled: Settled, now: datetime) -> None:
    duty = attempt.duty
    Fulfilment.objects.create(
        case=case, duty=duty.id, outcome=settled.outcome, at=settled.at, recorded_at=now, by_id=actor.user_id,
        by_role=_role_of(plan, attempt), choice=list(settled.choice), fields=settled.fields,
    )  # fmt: skip
    if counts_as(duty, settled.outcome) == "done":
        case.events = {**case.events, **{event: settled.at.isoformat() for event in duty.events}}
    if heard(duty, settled, attempt.relations.isdisjoint(HANDLERS)):
        case.last_heard_at = now
    added = _bring_in(case, plan, duty, settled, now)
    renew(case, now)
    payload: dict[str, object] = {
        "duty": duty.id,
        "outcome": settled.outcome,
        "at": settled.at.isoformat(),
        "brought_in": added,
    }
    record(actor, case, "fulfil_duty", payload, now)


def _role_of(plan: Planned, attempt: Attempt) -> str:
    """The guideline's role this was done as: the actor's own among the owners, else the first it was recorded for."""
    roles = attempt.row.owners or attempt.duty.owners.roles
    own = [role for role in roles if plan.composed.role[role].kind in attempt.relations]
    return (own or list(roles))[0]


def _bring_in(case: Case, plan: Planned, duty: Duty, settled: Settled, now: datetime) -> list[int]:
    if counts_as(duty, settled.outcome) != "done":
        return []
    kinds = sorted(kinds_of(duty.brings_in, plan.composed.role))
    return [user for kind in kinds if kind in POST_OF for user in add_holders(case, kind, "brought_in", now)]
