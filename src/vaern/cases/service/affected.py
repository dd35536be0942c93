"""Saying which user a case is about, when the report gave only a name: only then can she see her own case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vaern.cases.models import Part
from vaern.cases.rules.affected import check_name_affected, check_unname_affected
from vaern.cases.service.change import add_part, lock, record, renew
from vaern.core.refusal import Refused, Unseen
from vaern.people import queries as people
from vaern.people.facts import Actor


def name_affected(*, actor: Actor, case_id: UUID, user_id: int, now: datetime) -> None:
    """Gives the employee her part, her own page and her consents. The case moves to her unit, whose safety
    representative and level above it then has."""
    with transaction.atomic():
        case = lock(case_id)
        if not people.in_organisation(user_id, case.organisation_id):
            raise Unseen(str(user_id))
        there = Part.objects.filter(case=case, user_id=user_id, until__isnull=True)
        refusal = check_name_affected(
            case.state, case.affected_id is not None, set(there.values_list("role", flat=True))
        )
        if refusal:
            raise Refused(refusal)
        case.affected_id, case.unit_id = user_id, people.unit_of(user_id)
        add_part(case, user_id, "affected", "", now)
        renew(case, now)
        record(actor, case, "name_affected", {"user": user_id}, now)


def unname_affected(*, actor: Actor, case_id: UUID, reason: str, now: datetime) -> None:
    """Takes back who the case is about, when the wrong person was chosen. She loses her part at once, her answers count
    no more, and the case goes back to the unit of whoever reported it; that it happened, and why, stays on record."""
    with transaction.atomic():
        case = lock(case_id)
        known = case.affected_id
        refusal = check_unname_affected(known is not None, known == case.reporter_id, reason)
        if refusal:
            raise Refused(refusal)
        Part.objects.filter(case=case, role__in=("affected", "tr"), until__isnull=True).update(until=now)
        case.affected_id, case.consents, case.unit_id = None, {}, people.unit_of(case.reporter_id)
        renew(case, now)
        record(actor, case, "unname_affected", {"user": known, "reason": reason.strip()}, now)
