"""Malware: what the daemon of ClamAV says of each item, where one is configured. Without one, nothing is claimed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from vaern.core.refusal import Refused
from vaern.evidence import models, queries
from vaern.evidence.derive import clam
from vaern.evidence.service.opening import pieces, record_use
from vaern.jobs import service as jobs

_AT_ONCE = 200
_AGAIN_AFTER = timedelta(minutes=10)
# Signatures come out every day; a file that was new to them yesterday may be known tomorrow.
_RESCAN_AFTER = timedelta(days=7)
_RESCAN_FOR = timedelta(days=90)


def scan_evidence() -> None:
    """Scans what was never scanned, what could not be, and for three months once a week what was clean. Scheduled."""
    if not settings.CLAMAV:
        return
    now = timezone.now()
    again = Q(scan__state="failed", scan__at__lt=now - _AGAIN_AFTER) | Q(
        scan__state="clean", scan__at__lt=now - _RESCAN_AFTER, added_at__gt=now - _RESCAN_FOR
    )
    due = models.Item.objects.filter(Q(scan=None) | again, withdrawn=False).order_by("added_at")
    for item in list(due.values_list("pk", flat=True)[:_AT_ONCE]):
        scan_item(item=str(item))


def ask_to_scan(row: models.Item) -> None:
    """Inside the transaction that takes the item in."""
    if settings.CLAMAV:
        jobs.enqueue("scan_item", item=str(row.pk))


def scan_item(*, item: str) -> None:
    """Asks the daemon about one item, and keeps its answer. What cannot be asked now is asked again later."""
    row = models.Item.objects.filter(pk=UUID(item), withdrawn=False).first()
    if row is None or not settings.CLAMAV:
        return
    now = timezone.now()
    try:
        verdict = clam.scan(settings.CLAMAV, pieces(None, queries.fact(row), now))
    except clam.Unanswered as silent:
        _keep(row, now, state="failed", reason=silent.code)
        return
    except Refused as refused:
        _keep(row, now, state="failed", reason=refused.refusal.code[:20])
        return
    with transaction.atomic():
        state = "found" if verdict.found else "clean"
        _keep(row, now, state=state, found=verdict.found, engine=verdict.engine)
        record_use(
            None, queries.fact(row), "scan_evidence", now, state=state, found=verdict.found, engine=verdict.engine
        )


def _keep(row: models.Item, now: datetime, *, state: str, found: str = "", engine: str = "", reason: str = "") -> None:
    """A failure never takes away an earlier verdict that something was found."""
    kept, made = models.Scan.objects.get_or_create(
        item=row, defaults={"state": state, "found": found, "engine": engine, "reason": reason, "tries": 1, "at": now}
    )
    if not made:
        same = models.Scan.objects.filter(pk=row.pk)
        if state == "failed":
            same = same.exclude(state="found")
        same.update(state=state, found=found, engine=engine, reason=reason, tries=kept.tries + 1, at=now)
