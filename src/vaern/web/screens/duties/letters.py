"""The text a letter begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping

BLANK = "____"
_FIELD = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


def starting_text(body: str, fields: Mapping[str, str]) -> str:
    """The guideline's letter with what the case knows written in, and a blank to fill in for the rest."""
    return _FIELD.sub(lambda found: fields.get(found[1]) or BLANK, body)
