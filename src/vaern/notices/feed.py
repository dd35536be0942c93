"""Deadlines as a calendar (RFC 5545). Whoever sees the screen it is shown on learns that there is a deadline, and
nothing else: no name, no case, no duty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from vaern.cases.facts import DutyLine

LENGTH = timedelta(minutes=15)
"""How long a deadline is shown: it ends when it is due."""


def digest_of_secret(secret: str) -> str:
    return sha256(f"calendar:{secret}".encode()).hexdigest()


def feed(lines: Iterable[DutyLine], *, digest: str, words: str, name: str, address: str, now: datetime) -> bytes:
    """`digest` is the calendar's own, so that two people's entries for one duty have nothing in common."""
    made = Calendar()
    made.add("prodid", "-//Vaern//Deadlines//DA")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for line in lines:
        if line.due is not None:
            made.add_component(_event(line, line.due, digest, words, address, now))
    found: bytes = made.to_ical()
    return found


def _event(line: DutyLine, due: datetime, digest: str, words: str, address: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", sha256(f"{digest}:{line.case_id}:{line.duty}".encode()).hexdigest()[:40] + "@vaern")
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", (due - LENGTH).astimezone(UTC))
    event.add("dtend", due.astimezone(UTC))
    event.add("summary", words)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if address:
        event.add("url", address)
    return event
