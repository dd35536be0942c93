"""Asking for a bundle: decided and put on record at once, made afterwards by a job."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from vaern.bundle import facts, models, queries, rules
from vaern.bundle.facts import Asked
from vaern.cases import queries as cases
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import queries as evidence
from vaern.jobs import service as jobs
from vaern.journal import service as journal
from vaern.people.facts import Actor


def make_bundle(*, actor: Actor, case_id: UUID, asked: Asked, may_originals: bool, now: datetime) -> facts.Bundle:
    """Asks for a bundle; `Refused` says everything that is missing. `may_originals`: whether the actor may let out
    what a masked copy covers. A closed case may be handed out, too: police reports come late."""
    case = cases.case_for(actor, case_id)
    if case is None:
        raise Unseen(str(case_id))
    items = evidence.items_of_case(case_id)
    if evidence.is_erased(case_id):
        raise Refused(rules.refuse("erased", "items"))
    if refusals := rules.check_asked(asked, everything=items, may_originals=may_originals):
        raise Refused(*refusals)
    with transaction.atomic():
        row = _row(actor, case_id, asked, now)
        row.case_label = cases.label(case)
        # The entry first: it holds the end of the organisation's chain, so that two at once get two numbers.
        _record(actor, row, [item.number for item in items if item.id in asked.items], now)
        last = models.Bundle.objects.filter(case_id=case_id).aggregate(last=Max("number"))["last"]
        row.number = (last or 0) + 1
        row.save(force_insert=True)
        jobs.enqueue("make_bundle", bundle=str(row.pk))
    return queries.fact(row)


def _row(actor: Actor, case_id: UUID, asked: Asked, now: datetime) -> models.Bundle:
    return models.Bundle(
        organisation_id=actor.home,
        case_id=case_id,
        purpose=asked.purpose.strip(),
        recipient=asked.recipient.strip(),
        items=[str(one) for one in asked.items],
        originals=[str(one) for one in asked.originals],
        why_originals=asked.why_originals.strip(),
        asked_by_id=actor.user_id,
        asked_at=now,
    )


def _record(actor: Actor, row: models.Bundle, numbers: list[int | None], now: datetime) -> None:
    journal.record(
        organisation_id=row.organisation_id,
        act="make_bundle",
        actor_id=actor.user_id,
        actor_name=actor.name,
        subject=f"case:{row.case_id}",
        payload={
            "bundle": str(row.pk),
            "purpose": row.purpose,
            "recipient": row.recipient,
            "numbers": numbers,
            "originals": row.originals,
            "why_originals": row.why_originals,
        },
        now=now,
    )
