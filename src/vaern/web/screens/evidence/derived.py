"""What the page of an item says of what was made from it, what the scanner said, and what it looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vaern.evidence import queries
from vaern.evidence.facts import Item, Rendition

Words = str | Promise
_NAMES: dict[str, Words] = {
    "thumb": _("Miniature"),
    "still": _("Billede fra videoen"),
    "text": _("Tekst til søgning"),
}
_STATES: dict[str, Words] = {
    "waiting": _("bliver lavet lige straks"),
    "making": _("bliver lavet nu"),
    "made": _("lavet"),
    "none": _("ikke lavet"),
    "failed": _("ikke lavet"),
}


@dataclass(frozen=True, slots=True)
class Line:
    name: Words
    state: Words
    reason: str
    tool: str


def about(case: UUID, item: Item) -> dict[str, Any]:
    """Three queries, however much the case holds."""
    made = queries.renditions(case)
    mine = made.get(item.id, {})
    return {
        "derived": [_line(one) for one in mine.values()],
        "has_preview": bool(mine) or item.kind.picture,
        "scan": queries.scans(case).get(item.id),
        "looks_like": queries.looking_alike(queries.items_of_case(case), made).get(item.id),
    }


def _line(one: Rendition) -> Line:
    state = _("ikke lavet endnu") if one.state == "waiting" and one.reason else _STATES[one.state]
    return Line(_NAMES[one.kind], state, gettext(one.reason) if one.reason else "", one.made_by)
