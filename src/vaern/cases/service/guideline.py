"""Taking a guideline into use."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vaern.cases.models import GuidelineVersion
from vaern.guideline.composed import Composed
from vaern.journal import service as journal


def adopt_guideline(
    *, organisation_id: int, composed: Composed, actor_id: int | None, actor_name: str = "", now: datetime
) -> GuidelineVersion:
    """From `now` new cases follow this guideline; open ones stay with theirs. The same one twice changes nothing."""
    digest, content = composed.digest, composed.to_json()
    head = composed.pack.pack
    with transaction.atomic():
        in_use = GuidelineVersion.objects.select_for_update().filter(
            organisation_id=organisation_id, retired_at__isnull=True
        )
        current = in_use.first()
        if current and current.digest == digest:
            return current
        in_use.update(retired_at=now)
        adopted = GuidelineVersion.objects.create(
            organisation_id=organisation_id, pack_id=head.id, version=head.version, title=head.title,
            layers=[layer.id for layer in composed.layers], digest=digest, content=content,
            silence_days=composed.silence_days, adopted_at=now, adopted_by_id=actor_id,
        )  # fmt: skip
        journal.record(
            organisation_id=organisation_id,
            act="adopt_guideline",
            actor_id=actor_id,
            actor_name=actor_name,
            subject=f"guideline:{adopted.pk}",
            payload={"pack": head.id, "version": head.version, "digest": digest, "layers": list(adopted.layers)},
            now=now,
        )
    return adopted
