"""Who may ask for how many captures, and when one that is under way is held for lost."""

from __future__ import annotations

from datetime import timedelta

from vaern.capture.rules.words import refuse
from vaern.core.refusal import Refusal

WAITING_MOST = 3
TODAY_MOST = 30
RETRIES = 3
STALE = timedelta(minutes=6)
"""Longer than any visit may take: what has run for so long has lost its worker."""


def check_asking(*, on: bool, case_open: bool, waiting: int, today: int) -> Refusal | None:
    """A case asks for a few pages, not for a crawl: a server that fetches on command is a tool against others, too."""
    if not case_open:
        return refuse("case_closed")
    if not on:
        return refuse("off")
    if waiting >= WAITING_MOST:
        return refuse("too_many_waiting", most=str(WAITING_MOST))
    return refuse("too_many_today", most=str(TODAY_MOST)) if today >= TODAY_MOST else None
