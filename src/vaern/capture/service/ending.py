"""How a capture ends: in one place, once, and on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from vaern.capture import models, queries
from vaern.journal import service as journal


def end(row: models.Capture, state: str, reason: str, remarks: Sequence[str], now: datetime) -> None:
    """Whoever comes second finds it ended and changes nothing."""
    with transaction.atomic():
        ended = models.Capture.objects.filter(pk=row.pk, state__in=queries.WAITING).update(
            state=state, reason=reason, remarks=list(dict.fromkeys(remarks)), ended_at=now
        )
        if ended:
            journal.record(
                organisation_id=row.organisation_id,
                act="capture_ended",
                actor_id=row.asked_by_id,
                actor_name=row.asked_by.name,
                subject=f"case:{row.case_id}",
                payload={"capture": str(row.pk), "state": state, "reason": reason, "items": list(row.items)},
                now=now,
            )
