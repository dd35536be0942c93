"""Reading one's notices."""

from __future__ import annotations

from datetime import datetime

from vaern.notices.models import Notice
from vaern.people.facts import Actor


def see_notices(*, actor: Actor, now: datetime) -> None:
    """What is on the page has been seen, and no mail need say it. It is nobody else's business, so it is no entry."""
    Notice.objects.filter(user_id=actor.user_id, seen_at__isnull=True, at__lte=now).update(seen_at=now)
