"""What came back: a receipt, or a draft that lies in the other system and is not done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from vaern.core.refusal import Refused
from vaern.evidence import service as evidence
from vaern.handover import facts, models, queries, rules
from vaern.handover.files import json_of
from vaern.handover.service.common import case_of, channel_of, locked, record
from vaern.handover.service.following import plan_follow_ups
from vaern.handover.service.reading import sender_of, sheet_of
from vaern.handover.service.settling import settle
from vaern.people.facts import Actor


def keep_halfway(*, actor: Actor, case_id: UUID, handover_id: UUID, now: datetime) -> facts.Handover:
    """It lies as a draft in the other system. That is no receipt: the duty stays open and its clock runs."""
    case = case_of(actor, case_id)
    with transaction.atomic():
        row = locked(case_id, handover_id)
        if wrong := rules.check_halfway(queries.fact(row), channel_of(row), open=case.state == "open"):
            raise Refused(*wrong)
        row.state = "halfway"
        row.save()
        record(actor, row, "keep_halfway", now)
    return queries.fact(row)


def confirm_handover(
    *, actor: Actor, case_id: UUID, handover_id: UUID, reference: str, received_on: date | None = None, now: datetime
) -> facts.Handover:
    """The other system's own receipt. It settles the guideline's duty, with the reference as its proof. What was typed
    over by hand is sealed as it stood on the sheet."""
    case = case_of(actor, case_id)
    queries.handover(case_id, handover_id)
    row = models.Handover.objects.get(pk=handover_id)
    sheet = sheet_of(row, case, actor, now)
    asked = {"reference": reference, "received_on": received_on, "today": timezone.localdate(now)}
    _check(queries.fact(row), sheet, asked, case)
    kept = None
    if row.kept is None:
        kept = evidence.keep(
            organisation_id=row.organisation_id, case_id=case_id, what="handover.json",
            chunks=iter([json_of(sheet, sender_of(row, case))]), now=now,
        )  # fmt: skip
    with transaction.atomic():
        last = locked(case_id, handover_id)
        if last.version != row.version:
            raise Refused(rules.refuse("written_meanwhile"))
        _check(queries.fact(last), sheet, asked, case)
        last.state, last.reference, last.received_by_id = "received", reference.strip(), actor.user_id
        last.received_on, last.taken_until = received_on or timezone.localdate(now), None
        if kept is not None and last.kept is None:
            last.kept, last.sha256 = kept.id, kept.sha256
        last.save()
        plan_follow_ups(last)
        day = received_on if received_on != timezone.localdate(now) else None
        settled = settle(actor, last, day, now)
        record(
            actor, last, "confirm_handover", now, reference=last.reference, received_on=last.received_on.isoformat(),
            sha256=last.sha256, settled=settled,
        )  # fmt: skip
    return queries.fact(last)


def _check(handover: facts.Handover, sheet: facts.Sheet, asked: Mapping[str, object], case: object) -> None:
    open_ = getattr(case, "state", "") == "open"
    if wrong := rules.check_confirm(handover, sheet, open=open_, **asked):  # type: ignore[arg-type]
        raise Refused(*wrong)
