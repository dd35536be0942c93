"""Reads of captures. Whoever calls has been let in to the case."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from vaern.capture import facts, models
from vaern.capture.rules import REASONS, REMARKS
from vaern.evidence import queries as evidence

WAITING = ("asked", "running")


def captures_of(case_id: UUID, *, limit: int = 50) -> list[facts.Capture]:
    """Newest first. One query."""
    return [fact(row) for row in models.Capture.objects.filter(case_id=case_id).order_by("-asked_at", "pk")[:limit]]


def words_of(capture: facts.Capture) -> list[str]:
    """Why it gave nothing, or what to know about what it gave, in Danish; empty when all went well."""
    return [words for code in (capture.reason, *capture.remarks) if (words := REASONS.get(code) or REMARKS.get(code))]


def counts(case_id: UUID, now: datetime) -> tuple[int, int]:
    """How many are under way, and how many were asked for in the last 24 hours."""
    of_case = models.Capture.objects.filter(case_id=case_id)
    today = of_case.filter(asked_at__gt=now - timedelta(hours=24))
    return of_case.filter(state__in=WAITING).count(), today.count()


def kept_of(row: models.Capture) -> list[str]:
    """The ids of what came of it, also of what a worker put on the case and was killed before it could say so here:
    each piece names its capture."""
    found = evidence.items_of_case(row.case_id)
    made = [str(one.id) for one in found if one.made_by == "capture" and one.how.get("capture") == str(row.pk)]
    return list(dict.fromkeys([*row.items, *made]))


def fact(row: models.Capture) -> facts.Capture:
    return facts.Capture(
        id=row.pk,
        case_id=row.case_id,
        address=row.address,
        asked_by=row.asked_by_id,
        asked_at=row.asked_at,
        state=row.state,  # type: ignore[arg-type]
        reason=row.reason,
        remarks=tuple(row.remarks),
        ended_at=row.ended_at,
        items=tuple(UUID(one) for one in row.items),
    )
