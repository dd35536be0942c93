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
    server, *findings = _parted(next(iter(results), "").lower())
    if not authserv or server.split()[:1] != [authserv.lower()]:
        return False
    said = [words for finding in findings if (words := finding.split()) and words[0].startswith("dmarc")]
    # Two words of DMARC in one header: one of them may be the stranger's own.
    return len(said) == 1 and said[0][0] == "dmarc=pass" and f"header.from={sender.rpartition('@')[2]}" in said[0]


def _parted(results: str) -> list[str]:
    """The header in its parts between semicolons, without comments and without what stands in quotes: a server repeats
    the sender's own address there, and that may hold semicolons and "dmarc=pass". `[""]` when one of them never ends.
    """
    parts, depth, quoted = [""], 0, False
    signs = iter(results)
    for sign in signs:
        if sign == "\\" and (quoted or depth):
            next(signs, "")
        elif sign == '"' and not depth:
            quoted = not quoted
        elif sign in "()" and not quoted:
            depth = max(0, depth + (1 if sign == "(" else -1))
            parts[-1] += " "
        elif sign == ";" and not quoted and not depth:
            parts.append("")
        elif not quoted and not depth:
            parts[-1] += sign
    return [""] if quoted or depth else parts


def may_try(health: Health, now: datetime) -> bool:
    return health.next_try is None or health.next_try <= now


def failed(health: Health, why: str, now: datetime) -> Health:
    """After each failure twice as long, at most an hour. One mail that cannot be dealt with is told of, too, but does
    not keep the others waiting: anybody can write one."""
    failures = health.failures + 1
    wait = timedelta(0) if why == "mail" else min(LONGEST_WAIT, timedelta(minutes=2 ** min(failures - 1, 6)))
    return replace(
        health, failures=failures, failing_since=health.failing_since or now, why=why, next_try=now + wait
    )  # fmt: skip


def succeeded(now: datetime) -> Health:
    return Health(last_success=now)


def alarms(health: Health) -> bool:
    return health.failures >= ALARM_AFTER
