"""Beginning a handover and writing in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from vaern.core.digest import digest_of
from vaern.core.refusal import Refused
from vaern.handover import facts, models, queries, rules
from vaern.handover.channels import CHANNELS
from vaern.handover.service.common import case_of, channel_of, locked, record
from vaern.people.facts import Actor


def start_handover(*, actor: Actor, case_id: UUID, channel: str, duty: str = "", now: datetime) -> facts.Handover:
    """A sheet for one system. One that is begun for the same duty and not done is given back instead of a second."""
    case = case_of(actor, case_id)
    if channel not in CHANNELS:
        raise Refused(rules.refuse("no_channel", "channel"))
    if case.state != "open":
        raise Refused(rules.refuse("case_closed"))
    begun = models.Handover.objects.filter(case_id=case_id, channel=channel, duty=duty, state="draft").first()
    if begun is not None:
        return queries.fact(begun)
    with transaction.atomic():
        row = models.Handover(organisation_id=actor.home, case_id=case_id, channel=channel, duty=duty)
        # The entry first: it holds the end of the organisation's chain, so that two at once get two numbers.
        record(actor, row, "start_handover", now, asked_by=duty)
        row.number = (models.Handover.objects.filter(case_id=case_id).aggregate(last=Max("number"))["last"] or 0) + 1
        row.written_by_id, row.written_at = actor.user_id, now
        row.save(force_insert=True)
    return queries.fact(row)


def fill_handover(
    *, actor: Actor, case_id: UUID, handover_id: UUID, answers: Mapping[str, str], seen: int, now: datetime
) -> facts.Handover:
    """Keeps what was written, as a whole. `seen`: the version that was on the page."""
    case = case_of(actor, case_id)
    with transaction.atomic():
        row = locked(case_id, handover_id)
        channel = channel_of(row)
        kept = {one.id: answers[one.id] for one in channel.fields if one.id in answers}
        wrong = rules.check_fill(queries.fact(row), channel, kept, seen=seen, open=case.state == "open")
        if wrong:
            raise Refused(*wrong)
        row.answers, row.version = kept, row.version + 1
        row.written_by_id, row.written_at, row.accepted, row.accepted_reason = actor.user_id, now, [], ""
        row.save()
        record(actor, row, "fill_handover", now, words=digest_of(kept))
    return queries.fact(row)
