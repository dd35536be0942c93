"""One look at a post, by a person or by the server; what it means for the watch is written with it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from vaern.capture import service as capture
from vaern.capture.facts import Look as Glance
from vaern.capture.facts import Seen
from vaern.core.refusal import Refused
from vaern.jobs import service as jobs
from vaern.people.facts import Actor
from vaern.takedown import facts, models, queries, rules
from vaern.takedown.facts import Look
from vaern.takedown.service.common import case_of, locked, record


def look_at_post(
    *, actor: Actor, case_id: UUID, watch_id: UUID, standing: str, note: str = "", now: datetime
) -> facts.Watch:
    """A person says what she saw."""
    case_of(actor, case_id)
    with transaction.atomic():
        row = locked(case_id, watch_id)
        if wrong := rules.check_look(queries.fact(row), standing, note):
            raise Refused(*wrong)
        _put_down(row, Look(now, standing, actor.user_id, note=note.strip()), actor)  # type: ignore[arg-type]
    return queries.watch(case_id, watch_id)


def look_at_watches() -> None:
    """The scheduled one: asks for a look at each post whose turn it is. A look that was lost is asked for again."""
    due = models.Watch.objects.filter(by_server=True, ended="", next_at__lte=timezone.now())
    for watch in due.values_list("pk", flat=True)[:200]:
        jobs.enqueue("look_at_watch", watch=str(watch))


def look_at_watch(watch: str) -> None:
    """The server looks, outside any transaction: it waits for strangers. Of two workers one looks, because the turn is
    moved on first."""
    now = timezone.now()
    mine = models.Watch.objects.filter(pk=UUID(watch), ended="", next_at__lte=now)
    row = mine.first()
    if row is None or not mine.update(next_at=rules.next_look(row.started_at, now)):
        return
    try:
        seen = capture.look(row.address, seen=Seen(row.digest) if row.digest else None, now=now)
        found, digest = _as_look(seen), seen.seen.digest if seen.seen else ""
    except Refused as refused:
        found, digest = Look(now, "unknown", reason=refused.refusal.code[:40]), ""
    with transaction.atomic():
        last = locked(row.case_id, row.pk)
        if not last.ended:
            last.digest = digest or last.digest
            _put_down(last, found, None)


def _as_look(seen: Glance) -> Look:
    """A wall that asks for a login says nothing of the post behind it."""
    if seen.standing == "login_wall":
        return Look(seen.at, "unknown", reason="login_wall")
    return Look(seen.at, seen.standing, reason=seen.reason)


def _put_down(row: models.Watch, look: Look, actor: Actor | None) -> None:
    """Inside the caller's transaction. The entry says what was seen and never where."""
    models.Look.objects.create(
        watch=row, at=look.at, standing=look.standing, by_id=look.by, reason=look.reason, note=look.note
    )
    looks = queries.fact(row).looks
    row.next_at = rules.next_look(row.started_at, look.at)
    why = rules.ending(row.started_at, looks, look.at)
    if why:
        row.ended, row.ended_at, row.next_at, row.gone_at = why, look.at, None, rules.gone_since(looks)
    row.save()
    record(actor, row, "look_at_post", look.at, standing=look.standing, reason=look.reason, ended=why)
