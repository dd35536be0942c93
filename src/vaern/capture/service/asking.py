"""A page is asked for; and what was asked for and lost is found again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vaern.capture import facts, models, queries
from vaern.capture.rules import RETRIES, STALE, check_address, check_asking
from vaern.capture.service.ending import end
from vaern.cases import queries as cases
from vaern.core.refusal import Refusal, Refused, Unseen
from vaern.evidence import queries as evidence
from vaern.jobs import service as jobs
from vaern.journal import service as journal
from vaern.people.facts import Actor


def capture_page(*, actor: Actor, case_id: UUID, address: str, now: datetime) -> facts.Capture:
    """Asks for a page. `Refused` stands beside the field "address". Nothing is fetched here: a job does that."""
    case = cases.case_for(actor, case_id)
    if case is None:
        raise Unseen(str(case_id))
    waiting, today = queries.counts(case_id, now)
    if refused := check_asking(on=settings.CAPTURE, case_open=case.state == "open", waiting=waiting, today=today):
        raise Refused(refused)
    found = check_address(address, tuple(settings.ALLOWED_HOSTS))
    if isinstance(found, Refusal):
        raise Refused(found)
    with transaction.atomic():
        row = models.Capture.objects.create(
            id=uuid4(), organisation_id=actor.home, case_id=case_id, address=found, asked_by_id=actor.user_id,
            asked_at=now,
        )  # fmt: skip
        jobs.enqueue("capture_page", capture=str(row.pk))
        journal.record(
            organisation_id=actor.home,
            act="capture_page",
            actor_id=actor.user_id,
            actor_name=actor.name,
            subject=f"case:{case_id}",
            payload={"capture": str(row.pk), "address": found},
            now=now,
        )
    return queries.fact(row)


def sweep_captures() -> None:
    """Asks again for what lost its worker, and for what was never taken up; gives up after a few times. And forgets the
    addresses of cases whose evidence was erased: they are words that tell of it."""
    told = models.Capture.objects.exclude(address="")
    gone = evidence.erased(told.values_list("case_id", flat=True).distinct())
    told.filter(case_id__in=gone).update(address="")
    now = timezone.now()
    for row in models.Capture.objects.filter(state="running", started_at__lt=now - STALE):
        if kept := queries.kept_of(row):
            row.items = kept
            row.save(update_fields=["items"])
            end(row, "done", "", [*row.remarks, "broken_off"], now)
        elif row.tries >= RETRIES:
            end(row, "failed", "given_up", [], now)
        else:
            models.Capture.objects.filter(pk=row.pk, state="running").update(state="asked")
    for row in models.Capture.objects.filter(state="asked", asked_at__lt=now - STALE):
        jobs.enqueue("capture_page", capture=str(row.pk))
