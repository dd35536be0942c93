"""What the page of an item says of what was made from it, what the scanner said, and what it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vaern.evidence import queries, rules
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


def about(case: UUID, item: Item, shown: Sequence[Item]) -> dict[str, Any]:
    """Two queries, however much the case holds. `shown`: the items this person may see; no other is pointed to."""
    made = queries.renditions(case)
    mine = made.get(item.id, {})
    return {
        "derived": [_line(one) for one in mine.values()],
        "has_preview": bool(mine) or item.kind.picture,
        "how": how_made(item),
        "scan": queries.scans(case).get(item.id),
        "looks_like": queries.looking_alike(shown).get(item.id),
        "showing": [one.number for one in rules.showing(item, shown)],
    }


_HOW: dict[str, Words] = {
    "tool": _("Program"),
    "version": _("Version"),
    "pillow": _("Billedprogram"),
    "driver": _("Styret af"),
    "recorder": _("Optaget med"),
    "agent": _("Browserens navn"),
    "viewport": _("Skærmens størrelse"),
    "room": _("Lukket rum"),
    "requested": _("Adressen, der blev bedt om"),
    "final": _("Adressen, der svarede"),
    "status": _("Svarkode"),
    "redirects": _("Vejen dertil"),
    "certificate": _("Certifikat"),
    "addresses": _("Servere"),
    "answers": _("Svar i alt"),
    "refused": _("Afvist af Værn"),
    "truncated": _("Skåret af"),
    "begun": _("Begyndt"),
    "ended": _("Slut"),
    "boxes": _("Felter, der er dækket"),
    "words": _("Ord, der er dækket"),
}
"""What is told of how an item was made. Of what is covered, only how much."""


def how_made(item: Item) -> list[tuple[Words, str]]:
    """How a copy or a recording came to be: enough to judge it by, and to do it again."""
    return [(label, said) for name, label in _HOW.items() if name in item.how and (said := _said(name, item.how[name]))]


def _said(name: str, value: Any) -> str:
    if name in {"boxes", "words"}:
        return str(len(value))
    if name == "redirects":
        return " → ".join(f"{one['url']} ({one['status']}, {one['ip']})" for one in value) if len(value) > 1 else ""
    if isinstance(value, dict):
        return ", ".join(f"{one}: {ip}" for one, ip in value.items())
    return str(value)


def _line(one: Rendition) -> Line:
    state = _("ikke lavet endnu") if one.state == "waiting" and one.reason else _STATES[one.state]
    return Line(_NAMES[one.kind], state, gettext(one.reason) if one.reason else "", one.made_by)
