"""The rules of mail that comes in: whom it is from, what it is about, and when the mailbox is asked again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from vaern.mailbox.facts import Health

ALARM_AFTER = 3
LONGEST_WAIT = timedelta(hours=1)
DRAFTS_MAX = 10
"""Drafts by mail that wait for one person. Who writes in her name cannot bury what she began herself."""
ATTACHMENTS_MAX = 30
MAIL_MAX = 50 * 1024 * 1024
NOT_TAKEN = "Vedhæftet, men ikke taget med: %(names)s."

_LABEL = re.compile(r"(?<![\d-])(20\d\d)-(\d{4,7})(?![\d-])")
_COMMENT = re.compile(r"\([^()]*\)")
_LISTS = frozenset({"bulk", "junk", "list"})


def case_numbers(subject: str) -> list[tuple[int, int]]:
    """Year and running number of the cases a subject names, each once."""
    return list(dict.fromkeys((int(year), int(number)) for year, number in _LABEL.findall(subject)))


def is_automatic(headers: Mapping[str, str], own: str) -> bool:
    """Whether a program sent it (RFC 3834): never taken in, so that two programs cannot write to each other for ever.

    `headers`: names in small letters; the first of each name.
    """
    submitted = headers.get("auto-submitted", "no").split(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or headers.get("precedence", "").strip().lower() in _LISTS
        or "list-id" in headers
        or "x-loop" in headers
        or headers.get("return-path", "").strip() == "<>"
        or headers.get("content-type", "").strip().lower().startswith("multipart/report")
        or (bool(own) and own.lower() in headers.get("from", "").lower())
    )


def is_believed(results: Iterable[str], authserv: str, sender: str) -> bool:
    """Whether our own receiving server says DMARC passed for the sender's domain (RFC 8601, RFC 7489).

    Only the topmost of the headers counts, and only under the name we were told: whoever sends a mail can write such
    headers too, but a server puts its own on top. "none" and a pass for another domain are no pass.
    """
    first = next(iter(results), "")
    plain = _COMMENT.sub(" ", first).lower()
    server, _semicolon, findings = plain.partition(";")
    if not authserv or server.split()[:1] != [authserv.lower()]:
        return False
    domain = sender.rpartition("@")[2]
    for finding in findings.split(";"):
        words = finding.split()
        if words[:1] == ["dmarc=pass"] and f"header.from={domain}" in words:
            return True
    return False


def may_try(health: Health, now: datetime) -> bool:
    return health.next_try is None or health.next_try <= now


def failed(health: Health, why: str, now: datetime) -> Health:
    """After each failure twice as long, at most an hour."""
    failures = health.failures + 1
    wait = min(LONGEST_WAIT, timedelta(minutes=2 ** min(failures - 1, 6)))
    return replace(
        health, failures=failures, failing_since=health.failing_since or now, why=why, next_try=now + wait
    )  # fmt: skip


def succeeded(now: datetime) -> Health:
    return Health(last_success=now)


def alarms(health: Health) -> bool:
    return health.failures >= ALARM_AFTER
