"""Every hand a piece of evidence passed through, and how often each person was exposed to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from vaern.evidence import queries
from vaern.evidence.facts import Item
from vaern.people import queries as people
from vaern.web.paging import whole_moments

PAGE = 50


@dataclass(frozen=True, slots=True)
class Exposed:
    """One person: how often it was shown to her, and how often she fetched the file."""

    name: str
    seen: int
    fetched: int


def hands(item: Item, me: int, *, before: datetime | None = None) -> dict[str, Any]:
    """The newest hands first, a page at a time; three queries, however many there were."""
    found = queries.custody(item.case_id, item=item, before=before, limit=PAGE + 1) if item.case_id else []
    page, older = whole_moments(found, PAGE)
    counted = queries.exposures(item)
    names = people.names({*(entry.actor_id for entry in page if entry.actor_id), *(who for who, _act in counted)})
    return {
        "custody": [(entry, names.get(entry.actor_id or 0, "") or entry.actor_name or _("Værn")) for entry in page],
        "older": older,
        "exposed": _exposed(counted, names),
        "seen_by_me": sum(times for (who, act), times in counted.items() if who == me and act != "download_evidence"),
    }


def _exposed(counted: Mapping[tuple[int, str], int], names: Mapping[int, str]) -> list[Exposed]:
    """Most exposed first."""
    lines = []
    for who in {who for who, _act in counted}:
        fetched = counted.get((who, "download_evidence"), 0)
        seen = sum(times for (person, _act), times in counted.items() if person == who) - fetched
        lines.append(Exposed(names.get(who, ""), seen, fetched))
    return sorted(lines, key=lambda line: (-line.seen - line.fetched, line.name))
