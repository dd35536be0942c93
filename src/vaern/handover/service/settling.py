"""A receipt settles the guideline's duty, in the same transaction as the receipt itself."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from vaern.cases import queries as cases
from vaern.cases import service as cases_service
from vaern.cases.facts import Submission
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import queries as evidence
from vaern.guideline.facts import Row, State, Why
from vaern.handover import models
from vaern.handover.service.common import case_of, channel_of
from vaern.people.facts import Actor


def settle(actor: Actor, row: models.Handover, day: date | None, now: datetime) -> str:
    """The duty that was settled; "" when there is none, none that is asked for now, or the case refuses: the receipt
    is a fact of the outside world and stands, and the duty is left to a person."""
    case = case_of(actor, row.case_id)
    duty = cases.plan_of(case, now).row(row.duty) if row.duty else None
    if duty is None or not _asked_for(duty):
        return ""
    title = channel_of(row).title
    given = Submission(on_date=day, text=f"{title}: {row.reference}", recipient=title, reference=row.reference)
    try:
        with transaction.atomic():
            cases_service.fulfil_duty(
                actor=actor, relations=cases.relations(actor, case), case_id=case.pk, duty_id=row.duty, given=given,
                times_seen=duty.times_done, evidence_count=evidence.count_of_case(case.pk), now=now,
            )  # fmt: skip
    except (Refused, Unseen):
        return ""
    return row.duty


def _asked_for(duty: Row) -> bool:
    return duty.state in {State.OWED, State.WAITING, State.BLOCKED} or duty.why is Why.OUTCOME
