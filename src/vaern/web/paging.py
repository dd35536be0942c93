"""Pages of the journal: newest first, with a moment as the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from vaern.journal.facts import Entry


def moment_of(text: str) -> datetime | None:
    """The cursor in an address; None, which is the newest page, for whatever is no moment with a zone."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def whole_moments(found: Sequence[Entry], limit: int) -> tuple[Sequence[Entry], str]:
    """At most `limit` of the entries, and the cursor of the next page, "" on the last. `found` has one more than asked.

    A page never cuts a moment in two: the cursor is a time, and acts of one transaction share theirs.
    """
    if len(found) <= limit:
        return found, ""
    page = [entry for entry in found[:limit] if entry.at != found[limit].at] or found[:limit]
    return page, page[-1].at.isoformat()
