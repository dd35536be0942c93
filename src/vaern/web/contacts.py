"""Places to call, as the guideline names them, in words the page can show."""

from __future__ import annotations

from dataclasses import dataclass

from vaern.guideline.composed import Composed
from vaern.web.guideline_texts import Said, say


@dataclass(frozen=True, slots=True)
class Call:
    """A contact of the guideline. `phone`, `email` and `url` are as written there."""

    name: Said
    what_for: Said
    hours: Said
    phone: str
    email: str
    url: str


def call(composed: Composed, contact_id: str, language: str) -> Call:
    of, contact = f"contact:{contact_id}", composed.contact[contact_id]
    name, what_for, hours = (say(composed, of, field, language) for field in ("name", "what_for", "hours"))
    return Call(name, what_for, hours, contact.phone, contact.email, contact.url)


def crisis_calls(composed: Composed, language: str) -> list[Call]:
    """Crisis help with a telephone. A guideline that names none gets none: nothing is invented."""
    found = [one for one in composed.pack.contacts if one.crisis and one.phone]
    return [call(composed, one.id, language) for one in found]
