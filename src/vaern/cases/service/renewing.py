"""The lists' copy of the plan, made anew when only time has passed: a duty whose day has come, one that comes again,
an owner who is away today. A job; it writes no entry, because nobody did anything."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from vaern.cases.facts import Planned
from vaern.cases.models import Case, DutyRow
from vaern.cases.planning import planned
from vaern.cases.service.change import OPEN_STATES, kinds_of, lock, renew


def renew_cases() -> None:
    """Every open case, one transaction each; those whose copy still says what the plan says are left alone."""
    for case_id in Case.objects.filter(state="open").order_by("pk").values_list("pk", flat=True):
        _renew(case_id, timezone.now())


def _renew(case_id: UUID, now: datetime) -> None:
    with transaction.atomic():
        case = lock(case_id)
        if case.state == "open" and _said(planned(case, now)) != _kept(case):
            renew(case, now)


def _said(plan: Planned) -> set[tuple[object, ...]]:
    rows = (row for row in plan.rows if row.state in OPEN_STATES)
    return {
        (
            row.id,
            str(row.state),
            row.due,
            row.not_before,
            row.must_close,
            *sorted(kinds_of(row.owners, plan.composed.role)),
        )
        for row in rows
    }


def _kept(case: Case) -> set[tuple[object, ...]]:
    rows = DutyRow.objects.filter(case=case)
    return {(row.duty, row.state, row.due, row.not_before, row.must_close, *row.owners) for row in rows}
