"""A plan that went to another system stays followed up here: on its days somebody is asked what became of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vaern.core.digest import digest_of
from vaern.core.refusal import Refused
from vaern.handover import models, rules
from vaern.handover.service.common import case_of, channel_of, locked, record
from vaern.people.facts import Actor


def plan_follow_ups(row: models.Handover) -> None:
    """In the caller's transaction, when the other system has it: one question for each day that stands on the sheet."""
    models.FollowUp.objects.bulk_create(
        models.FollowUp(handover=row, field=field, due=due)
        for field, due in rules.follow_ups(channel_of(row), row.answers)
    )


def follow_up_handover(
    *, actor: Actor, case_id: UUID, handover_id: UUID, field: str, answer: str, now: datetime
) -> None:
    """What became of it. Also of a case that is closed: whether a plan works is seen months after. An answer may be
    given anew; the one before stands in the journal by its digest."""
    case_of(actor, case_id)
    with transaction.atomic():
        row = locked(case_id, handover_id)
        asked = models.FollowUp.objects.filter(handover=row, field=field).first()
        wrong = rules.check_follow_up(asked is not None, answer)
        if asked is None or wrong:
            raise Refused(*wrong)
        asked.answer, asked.answered_by_id, asked.answered_at = answer.strip(), actor.user_id, now
        asked.save()
        record(actor, row, "follow_up_handover", now, field=field, words=digest_of(asked.answer))
