"""The text a letter begins with, and what is told to others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from vaern.guideline.composed import Composed
from vaern.guideline.pack import Duty, FulfilKind

BLANK = "____"
_FIELD = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


def starting_text(body: str, fields: Mapping[str, str]) -> str:
    """The guideline's letter with what the case knows written in, and a blank to fill in for the rest."""
    return _FIELD.sub(lambda found: fields.get(found[1]) or BLANK, body)


def agreed_before(composed: Composed, duty: Duty, fulfilments: Iterable[Any]) -> str:
    """What was agreed with the employee before others may be told: an information that comes after an agreement begins
    with exactly its words, so that nothing else is told by habit. "" for any other duty. The last agreement counts."""
    first = {one.duty for one in duty.after if composed.duty[one.duty].kind is FulfilKind.AGREEMENT}
    if duty.kind is not FulfilKind.INFORMATION or not first:
        return ""
    said = [str(one.fields.get("agreed", "")) for one in fulfilments if one.duty in first and one.outcome == "done"]
    return next((words for words in reversed(said) if words), "")
