"""A light look at a public address: is it still there? No browser, nothing kept, the same gate to the world.

For the watch over what a platform was asked to take down. It reads one page by GET, follows redirects (each judged
anew), and compares the readable words with the last time. Many pages make their words in the browser: what this cannot
tell, it calls "unknown" or "changed", and a person looks.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from vaern.capture import glance
from vaern.capture.facts import Look, Seen
from vaern.capture.rules import check_address
from vaern.capture.world import World
from vaern.core.refusal import Refusal, Refused


def look(address: str, *, seen: Seen | None = None, now: datetime, world: World | None = None) -> Look:
    """One look, at most 20 seconds and 3 MiB. `Refused` for an address that is no public page, or when it is off.

    Not inside a transaction: it waits for strangers. `seen` is the `Look.seen` of an earlier look.
    """
    found = check_address(address, tuple(settings.ALLOWED_HOSTS))
    if isinstance(found, Refusal):
        raise Refused(found)
    if not settings.CAPTURE:
        return Look("unknown", now, "off")
    return glance.glance(found, seen=seen, at=now, world=world or World(closed=settings.CAPTURE_CLOSED))
