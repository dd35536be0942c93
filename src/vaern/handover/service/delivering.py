"""The job that brings a sheet out of the house. Done once, or again with the same key until it is there."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from vaern.core.refusal import Refused, Unseen
from vaern.evidence import service as evidence
from vaern.handover import models
from vaern.handover.channels import CHANNELS
from vaern.handover.service.common import case_of, locked, record
from vaern.handover.service.following import plan_follow_ups
from vaern.handover.service.reading import sent_as, way_of
from vaern.handover.service.settling import settle
from vaern.jobs import service as jobs
from vaern.people import queries as people
from vaern.ways import WAYS
from vaern.ways.facts import Order
from vaern.ways.undelivered import Undelivered

LEASE = timedelta(minutes=5)
"""How long a worker may take before another takes it for dead."""


def unsent(now: datetime) -> QuerySet[models.Handover]:
    """Asked for, not sent, in no worker's hands, and not tried too lately: 5 minutes after the first time, then
    twice as long each time, up to half a day. It is never given up: the page says that it waits, and why."""
    free = Q(taken_until__isnull=True) | Q(taken_until__lt=now)
    return models.Handover.objects.filter(free, state="sending")


def deliver_handovers() -> None:
    """The scheduled one: asks again for what was asked for and never left."""
    for one in unsent(timezone.now()).values_list("pk", flat=True)[:200]:
        jobs.enqueue("deliver_handover", handover=str(one))


def deliver_handover(handover: str) -> None:
    """Sends one sheet. Killed between the receiver's answer and our own commit it goes once more, with the same key,
    name and Message-ID, by which the receiver knows it again."""
    now = timezone.now()
    # Compare and set: of two workers one sends.
    if not unsent(now).filter(pk=UUID(handover)).update(taken_until=now + LEASE):
        return
    row = models.Handover.objects.get(pk=UUID(handover))
    try:
        reference = _send(row)
    except (Undelivered, Refused, Unseen, OSError) as fault:
        _put_off(row, getattr(fault, "kind", type(fault).__name__), now)
        return
    _put_down(row, reference)


def _send(row: models.Handover) -> str:
    assert row.kept is not None
    assert row.sent_by is not None
    actor = people.actor_of(row.sent_by, today=timezone.localdate())
    place = way_of(case_of(actor, row.case_id), row.channel)
    if place.get("way") != row.way:
        raise Undelivered("not set up any more")
    key = f"{row.pk}-{row.version}"
    body = b"".join(evidence.kept(row.kept))
    channel = CHANNELS[row.channel]
    ending = sent_as(channel)
    kind = f"application/{ending}"
    return WAYS[row.way](Order(key, f"{row.channel}-{key}.{ending}", body, channel.title, place, kind))


def _put_off(row: models.Handover, kind: str, now: datetime) -> None:
    tries = row.tries + 1
    wait = min(timedelta(minutes=5) * 2 ** min(tries - 1, 10), timedelta(hours=12))
    models.Handover.objects.filter(pk=row.pk, state="sending").update(
        taken_until=now + wait, tries=tries, problem=kind[:60]
    )


def _put_down(row: models.Handover, reference: str) -> None:
    """It is there, and that is said, also when the case changed meanwhile: what is not said to have left is sent
    again."""
    now = timezone.now()
    with transaction.atomic():
        last = locked(row.case_id, row.pk)
        if last.state != "sending" or last.sent_by is None:
            return
        actor = people.actor_of(last.sent_by, today=timezone.localdate(now))
        last.state, last.sent_at, last.problem, last.taken_until = "sent", now, "", None
        if reference:
            last.state, last.reference, last.received_on = "received", reference, timezone.localdate(now)
        last.save()
        if reference:
            plan_follow_ups(last)
        settled = settle(actor, last, None, now) if reference else ""
        record(
            actor, last, "deliver_handover", now, way=last.way, sha256=last.sha256, reference=reference, settled=settled
        )
