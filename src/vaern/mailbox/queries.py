"""Reads of what is known of mail: numbers for the administrator, the address for whoever may write to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count

from vaern.mailbox import facts, models

DAYS = 30


def account() -> facts.Account | None:
    """None when no mailbox is set up."""
    found: facts.Account | None = settings.MAIL_IN
    return found


def address() -> str:
    """Where an employee may forward a mail to; "" when mail does not come in."""
    found = account()
    return found.address if found else ""


def health() -> facts.Health:
    row = models.Box.objects.first()
    if row is None:
        return facts.Health()
    return facts.Health(row.failures, row.failing_since, row.why, row.next_try, row.last_success)


def line(now: datetime) -> facts.Line:
    """Two queries."""
    recent = models.Letter.objects.filter(at__gte=now - timedelta(days=DAYS)).order_by()
    return facts.Line(health(), dict(recent.values_list("outcome").annotate(Count("pk"))))
