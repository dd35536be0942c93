"""Reads of bundles. Whoever calls has been let in to the case; a bundle that is not on it is `Unseen`."""

from __future__ import annotations

from uuid import UUID

from vaern.bundle import facts, models
from vaern.core.refusal import Unseen


def bundles_of_case(case_id: UUID, *, limit: int = 100) -> list[facts.Bundle]:
    """The latest first. One query."""
    return [fact(row) for row in models.Bundle.objects.filter(case_id=case_id).order_by("-number")[:limit]]


def bundle(case_id: UUID, bundle_id: UUID) -> facts.Bundle:
    row = models.Bundle.objects.filter(case_id=case_id, pk=bundle_id).first()
    if row is None:
        raise Unseen(str(bundle_id))
    return fact(row)


def fact(row: models.Bundle) -> facts.Bundle:
    return facts.Bundle(
        id=row.pk,
        case_id=row.case_id,
        number=row.number,
        state=row.state,  # type: ignore[arg-type]
        purpose=row.purpose,
        recipient=row.recipient,
        items=tuple(UUID(one) for one in row.items),
        originals=tuple(UUID(one) for one in row.originals),
        why_originals=row.why_originals,
        asked_by=row.asked_by_id,
        asked_at=row.asked_at,
        started_at=row.started_at,
        made_at=row.made_at,
        sha256=row.sha256,
        size=row.size,
        problem=row.problem,
    )
