"""Who takes part in a case: brought in with a reason, taken out again, shut out, or stepping in from above."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vaern.cases.models import Part
from vaern.cases.rules import check_bring_in, check_shut_out, check_take_out
from vaern.cases.rules.checks import check_open
from vaern.cases.service.change import add_part, lock, record, renew
from vaern.core.refusal import Refused, Unseen
from vaern.people import queries as people
from vaern.people.facts import Actor


def bring_in(*, actor: Actor, case_id: UUID, user_id: int, role: str, reason: str, now: datetime) -> None:
    """Gives a colleague of the same organisation a part, with the reason the affected employee can read."""
    with transaction.atomic():
        case = lock(case_id)
        if not people.in_organisation(user_id, case.organisation_id):
            raise Unseen(str(user_id))
        excluded = Part.objects.filter(case=case, user_id=user_id, role="excluded", until__isnull=True).exists()
        tr_reads = case.consents.get("tr_reads", "")
        refusal = check_open(case.state) or check_bring_in(role, reason, excluded, tr_reads)
        if refusal:
            raise Refused(refusal)
        add_part(case, user_id, role, reason.strip(), now)
        renew(case, now)
        record(actor, case, "bring_in", {"user": user_id, "role": role}, now)


def take_out(*, actor: Actor, case_id: UUID, part_id: int, now: datetime) -> None:
    """Ends a part. The affected employee, and the last one who handles the case, cannot be taken out."""
    with transaction.atomic():
        case = lock(case_id)
        there = list(Part.objects.filter(case=case, until__isnull=True))
        part = next((one for one in there if one.pk == part_id), None)
        if part is None:
            raise Unseen(str(part_id))
        refusal = check_take_out(part.role, [one.role for one in there])
        if refusal:
            raise Refused(refusal)
        Part.objects.filter(pk=part_id).update(until=now)
        renew(case, now)
        record(actor, case, "take_out", {"user": part.user_id, "role": part.role}, now)


def shut_out(*, actor: Actor, case_id: UUID, user_id: int, reason: str, now: datetime) -> None:
    """Somebody who is part of it (a manager, a representative, anybody) must not see the case: every part she has in it
    ends, and no post opens it to her. Also in a closed case."""
    with transaction.atomic():
        case = lock(case_id)
        if not people.in_organisation(user_id, case.organisation_id):
            raise Unseen(str(user_id))
        there = list(Part.objects.filter(case=case, until__isnull=True))
        own = {one.role for one in there if one.user_id == user_id}
        refusal = check_shut_out(own, [one.role for one in there if one.user_id != user_id], reason)
        if refusal:
            raise Refused(refusal)
        Part.objects.filter(case=case, user_id=user_id, until__isnull=True).update(until=now)
        Part.objects.create(case=case, user_id=user_id, role="excluded", since=now, reason=reason.strip())
        renew(case, now)
        record(actor, case, "shut_out", {"user": user_id, "role": "excluded"}, now)


def step_in(*, actor: Actor, case_id: UUID, reason: str, now: datetime) -> None:
    """The level above takes a part when a case is late or silent. The reason is on record."""
    with transaction.atomic():
        case = lock(case_id)
        refusal = check_open(case.state) or check_bring_in("managers_manager", reason, excluded=False)
        if refusal:
            raise Refused(refusal)
        add_part(case, actor.user_id, "managers_manager", reason.strip(), now)
        renew(case, now)
        record(actor, case, "step_in", {"role": "managers_manager"}, now)
