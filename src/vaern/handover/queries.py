"""Reads of handovers. Whoever calls has been let in to the case; one that is not on it is `Unseen`."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from vaern.core.refusal import Unseen
from vaern.handover import facts, models
from vaern.ways.facts import Waiting

_PEOPLE = {"written_by", "sent_by", "received_by"}


def handovers_of_case(case_id: UUID, *, limit: int = 100) -> list[facts.Handover]:
    """The newest first. One query."""
    return [fact(row) for row in models.Handover.objects.filter(case_id=case_id).order_by("-number")[:limit]]


def handover(case_id: UUID, handover_id: UUID) -> facts.Handover:
    row = models.Handover.objects.filter(pk=handover_id, case_id=case_id).first()
    if row is None:
        raise Unseen(str(handover_id))
    return fact(row)


def waiting(organisation_id: int) -> Waiting:
    """Sheets that were asked to leave and have not arrived. One query."""
    rows = models.Handover.objects.filter(organisation_id=organisation_id, state="sending")
    problems = list(rows.order_by("written_at").values_list("problem", flat=True))
    return Waiting(len(problems), next((one for one in reversed(problems) if one), ""))


def follow_ups(case_id: UUID, handover_id: UUID) -> list[facts.FollowUp]:
    """What is asked about one handover, by day. One query."""
    rows = models.FollowUp.objects.filter(handover_id=handover_id, handover__case_id=case_id)
    return [_follow_up(row) for row in rows.select_related("handover").order_by("due", "pk")]


def follow_ups_due(organisation_id: int, today: date) -> list[facts.FollowUp]:
    """Questions whose day has come and that nobody has answered, of open and closed cases. One query."""
    rows = models.FollowUp.objects.filter(
        handover__organisation_id=organisation_id, answered_at__isnull=True, due__lte=today
    )
    return [_follow_up(row) for row in rows.select_related("handover").order_by("due", "pk")]


def _follow_up(row: models.FollowUp) -> facts.FollowUp:
    return facts.FollowUp(
        row.handover.case_id, row.handover_id, row.field, row.due, row.answer, row.answered_by_id, row.answered_at
    )


def fact(row: models.Handover) -> facts.Handover:
    about = {
        name: getattr(row, f"{name}_id" if name in _PEOPLE else name) for name in facts.Handover.__dataclass_fields__
    }
    about["accepted"] = tuple(row.accepted)
    return facts.Handover(**about)
