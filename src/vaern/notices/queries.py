"""Readers: one's own notices, and for the administrator how the mail out is doing."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from vaern.cases import queries as cases
from vaern.core.refusal import Unseen
from vaern.notices import rules
from vaern.notices.facts import Line, Post
from vaern.notices.feed import digest_of_secret, feed
from vaern.notices.models import Calendar, Mail, Notice
from vaern.people import queries as people
from vaern.people.facts import Actor

PAGE = 100


def lines(actor: Actor) -> list[Line]:
    """The latest hundred, newest first. Three queries."""
    rows = list(Notice.objects.filter(user_id=actor.user_id).order_by("-at", "-pk")[:PAGE])
    ids = {row.case_id for row in rows if row.case_id}
    labels, own = cases.labels(ids), cases.about(actor, ids)
    return [
        Line(
            row.pk, row.kind, row.at, row.case_id, labels.get(row.case_id, "") if row.case_id else "",
            row.duty,
            rules.leads(row.kind, row.duty, own=row.case_id in own), row.seen_at is not None,
        )
        for row in rows
    ]  # fmt: skip


def unseen(actor: Actor) -> int:
    return Notice.objects.filter(user_id=actor.user_id, seen_at__isnull=True).count()


def post() -> Post:
    """How the mail out is doing, over all organisations: numbers only."""
    waiting = Mail.objects.filter(sent_at__isnull=True).exclude(problem="closed")
    oldest = waiting.order_by("made_at").values_list("made_at", "problem").first()
    sent = Mail.objects.filter(sent_at__isnull=False).order_by("-sent_at").values_list("sent_at", flat=True).first()
    return Post(waiting.count(), oldest[0] if oldest else None, sent, oldest[1] if oldest else "")


def calendar_opened(actor: Actor) -> datetime | None:
    """When the person's private calendar was opened; None when there is none."""
    return Calendar.objects.filter(user_id=actor.user_id).values_list("opened_at", flat=True).first()


def calendar_of(secret: str, *, words: str, name: str, address: str, now: datetime) -> bytes:
    """The deadlines of whoever's calendar this secret opens. `Unseen` for any other, and for a closed account."""
    row = Calendar.objects.select_related("user__organisation").filter(digest=digest_of_secret(secret)).first()
    if row is None or not row.user.is_active or row.user.organisation_id is None:
        raise Unseen("calendar")
    actor = people.actor_of(row.user, today=timezone.localdate(now))
    lines = cases.duty_lines(actor, now)
    return feed(lines, digest=row.digest, words=words, name=name, address=address, now=now)
