"""Texts and times out of a file, made short and harmless."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

LONGEST = 300
_DIGITS = re.compile(
    r"D?:?(\d{4})[:-]?(\d{2})[:-]?(\d{2})[ T]?(?:(\d{2}):?(\d{2}):?(\d{2})?(?:\.\d+)?)?\s*(Z|[+-]\d{2}'?:?\d{0,2})?"
)


def short(text: object, most: int = LONGEST) -> str:
    """One line without controls or characters that turn the direction, at most so long."""
    given = str(text)[: most * 4]
    spaced = re.sub(r"\s+", " ", given)
    kept = "".join(one for one in spaced if unicodedata.category(one)[0] != "C")
    return kept.strip()[:most]


def moment(text: object) -> str:
    """A time as files write it ("2026:11:20 21:14:05", "D:20261120211405+01'00'", ISO) as ISO; "" if it is none."""
    found = _DIGITS.match(str(text).strip()[:40])
    if found is None or found[4] is None:
        return ""
    year, month, day, hour, minute = (int(found[one]) for one in range(1, 6))
    try:
        at = datetime(year, month, day, hour, minute, int(found[6] or 0))  # noqa: DTZ001 - the zone is told apart
        return at.isoformat() + _zone(found[7] or "")
    except ValueError:
        return ""


def _zone(text: str) -> str:
    if not text:
        return ""
    digits = re.sub(r"[^0-9]", "", text)
    if text == "Z" or not digits:
        return "+00:00"
    hours, minutes = int(digits[:2]), int(digits[2:4] or 0)
    if hours > 14 or minutes > 59:
        raise ValueError(text)
    return f"{text[0]}{hours:02}:{minutes:02}"


def iso(at: datetime) -> str:
    """A time the library read; whole seconds."""
    return at.replace(microsecond=0).isoformat()


def utc(seconds: int, since: datetime) -> str:
    """Seconds since a moment, as ISO in UTC; "" for 0 (a clock that was never set) and for what is unlikely."""
    if seconds <= 0:
        return ""
    at = datetime.fromtimestamp(since.timestamp() + seconds, UTC)
    return iso(at) if 1990 <= at.year <= 2100 else ""
