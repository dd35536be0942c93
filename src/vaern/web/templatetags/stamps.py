"""Filters for the stamps of a piece of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django import template
from django.utils.translation import gettext as _

from vaern.stamps.facts import Health, State
from vaern.stamps.queries import alarming
from vaern.stamps.rules import WHY

register = template.Library()


@register.filter
def stamp_of(states: Mapping[UUID, State], item_id: UUID) -> State | None:
    """The state of one item among those a page has asked for."""
    return states.get(item_id)


@register.filter
def why_words(code: str) -> str:
    """Why there is no stamp, as the end of a sentence with “fordi”; "" when nothing is known."""
    return _(WHY[code]) if code in WHY else ""


@register.simple_tag
def failing_authorities() -> list[Health]:
    """Authorities that have failed again and again, for the pages of an administrator. One query."""
    return alarming()
