"""Beginning and ending a watch."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from vaern.capture.rules import check_address
from vaern.core.digest import digest_of
from vaern.core.refusal import Refusal, Refused
from vaern.people.facts import Actor
from vaern.takedown import facts, models, queries, rules
from vaern.takedown.facts import Asked
from vaern.takedown.service.common import case_of, locked, record


def start_watch(*, actor: Actor, case_id: UUID, asked: Asked, now: datetime) -> facts.Watch:
    """`Refused` for what is wrong, and for an address the server may not visit when it is asked to look by itself."""
    case = case_of(actor, case_id)
    count = models.Watch.objects.filter(case_id=case_id, ended="").count()
    wrong = [*rules.check_start(asked, open=case.state == "open", watches=count, now=now)]
    if not wrong and asked.by_server:
        found = check_address(asked.address, tuple(settings.ALLOWED_HOSTS))
        wrong += [found] if isinstance(found, Refusal) else []
    if wrong:
        raise Refused(*wrong)
    with transaction.atomic():
        row = models.Watch(organisation_id=actor.home, case_id=case_id, started_by_id=actor.user_id, started_at=now)
        row.address, row.step, row.asked_at, row.by_server = asked.address, asked.step, asked.asked_at, asked.by_server
        row.platform, row.next_at = str(case.facts.get("platform") or ""), now
        # The entry first: it holds the end of the organisation's chain, so that two at once get two numbers.
        record(actor, row, "start_watch", now, step=asked.step, address=digest_of(asked.address))
        row.number = (models.Watch.objects.filter(case_id=case_id).aggregate(last=Max("number"))["last"] or 0) + 1
        row.save(force_insert=True)
    return queries.watch(case_id, row.pk)


def end_watch(*, actor: Actor, case_id: UUID, watch_id: UUID, note: str, now: datetime) -> facts.Watch:
    case_of(actor, case_id)
    with transaction.atomic():
        row = locked(case_id, watch_id)
        if wrong := rules.check_end(queries.fact(row), note):
            raise Refused(*wrong)
        row.ended, row.ended_at, row.ended_note, row.next_at = "person", now, note.strip(), None
        row.save()
        record(actor, row, "end_watch", now, why="person")
    return queries.watch(case_id, watch_id)
