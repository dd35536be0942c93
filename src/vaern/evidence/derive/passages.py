"""Where words stand in a text, with a little of what is around them."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from vaern.evidence.facts import Passage

PASSAGES_MAX = 3
AROUND = 60


def find(word: str, text: str) -> tuple[Passage, ...]:
    """The first places where the words stand, whatever their case and whatever white space is between them."""
    words = unicodedata.normalize("NFC", word).split()
    if not words:
        return ()
    text = unicodedata.normalize("NFC", text)
    pattern = re.compile(r"\s+".join(re.escape(one) for one in words), re.IGNORECASE)
    return tuple(_passage(text, *place.span()) for place in islice(pattern.finditer(text), PASSAGES_MAX))


def _passage(text: str, start: int, end: int) -> Passage:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Passage(
        ("…" if start > AROUND else "") + " ".join(before.split()) + (" " if before[-1:].isspace() else ""),
        text[start:end],
        (" " if after[:1].isspace() else "") + " ".join(after.split()) + ("…" if end + AROUND < len(text) else ""),
    )
