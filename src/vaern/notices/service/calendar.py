"""The private calendar: opened and closed by the person it is of."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from vaern.journal import service as journal
from vaern.notices.feed import digest_of_secret
from vaern.notices.models import Calendar
from vaern.people.facts import Actor


def open_calendar(*, actor: Actor, now: datetime) -> str:
    """The secret of the new address, which is told this once. An older address stops to work."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        Calendar.objects.update_or_create(
            user_id=actor.user_id, defaults={"digest": digest_of_secret(secret), "opened_at": now}
        )
        _record(actor, "open_calendar", now)
    return secret


def close_calendar(*, actor: Actor, now: datetime) -> bool:
    """Whether there was one to close."""
    with transaction.atomic():
        gone, _ = Calendar.objects.filter(user_id=actor.user_id).delete()
        if gone:
            _record(actor, "close_calendar", now)
    return bool(gone)


def _record(actor: Actor, act: str, now: datetime) -> None:
    journal.record(
        organisation_id=actor.home, act=act, actor_id=actor.user_id, actor_name=actor.name,
        subject=f"user:{actor.user_id}", payload={}, now=now,
    )  # fmt: skip
