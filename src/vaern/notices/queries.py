"""Readers: one's own notices, and for the administrator how the mail out is doing."""

from __future__ import annotations

from vaern.cases import queries as cases
from vaern.notices import rules
from vaern.notices.facts import Line, Post
from vaern.notices.models import Mail, Notice
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
