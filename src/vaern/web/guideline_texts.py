"""A guideline's own words, in the reader's language where the guideline has them, else marked with the one it has.

`Said` carries the language of a text that is not in the page's own, so that a screen reader pronounces it right;
the filter `marked` (templatetags/guideline.py) writes it out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from vaern.guideline.composed import Composed
from vaern.guideline.core_facts import CORE_CONSENTS, CORE_EVENTS, CORE_FACTS

_CORE = frozenset(
    {
        *(f"fact:{fact.id}" for fact in CORE_FACTS),
        *(f"event:{event.id}" for event in CORE_EVENTS),
        *(f"consent:{consent.id}" for consent in CORE_CONSENTS),
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and its language when that is not the page's ("" when it is)."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def is_core(of: str) -> bool:
    """Whether "fact:platform" is one of Værn's own, which are in its own catalogue."""
    return of in _CORE


def say(composed: Composed, of: str, field: str, language: str) -> Said:
    """A field of "duty:inform", "role:leder" ... in `language`; in the guideline's own, marked so, when it has no
    other. Empty when the guideline has no such entry or field."""
    translated = composed.translated(of, field, language)
    if translated is not None:
        return Said(translated)
    return _own(composed, of, str(getattr(composed.entry(of), field, "") or ""), language)


def titles(composed: Composed, language: str) -> dict[str, str]:
    """Each duty's own title and what it is called in `language`, where that is something else."""
    said = ((duty.title, str(say(composed, f"duty:{duty.id}", "title", language))) for duty in composed.duty.values())
    return {own: other for own, other in said if own != other}


def say_label(composed: Composed, of: str, language: str) -> Said:
    """What "duty:inform" is called."""
    for field in ("title", "label", "name", "question", "reason"):
        if composed.translated(of, field, language) is not None:
            return say(composed, of, field, language)
    return _own(composed, of, composed.label(of), language)


def mark(composed: Composed, of: str, text: str, language: str) -> Said:
    """A text that lies somewhere in "duty:inform" (an ambiguity, the words of a deadline)."""
    translated = composed.translated_text(of, text, language)
    if translated is not None:
        return Said(translated)
    own = language_of(composed, of)
    return Said(text, "" if own == language else own)


def language_of(composed: Composed, of: str) -> str:
    """The first language of the pack that "duty:inform" came from."""
    layer = composed.layer_of(of)
    heads = (composed.pack.pack, *composed.layers)
    return next((head.language for head in heads if head.id == layer), composed.pack.pack.language)


def _own(composed: Composed, of: str, text: str, language: str) -> Said:
    """Værn's own facts, events and consents are in its own catalogue; a guideline's words are not."""
    if is_core(of) and text:
        own = gettext(text)
        return Said(own, "da" if own == text and language != "da" else "")
    return mark(composed, of, text, language)
