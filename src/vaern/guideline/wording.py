"""The faults a typed reader finds, said in plain Danish.

Pydantic speaks to programmers ("Input should be a valid tuple"). A jurist who edits a pack gets the place by
id, and a sentence that says what may stand there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vaern.core.text import gettext_noop
from vaern.guideline.problem import Problem

UNKNOWN_KEY = gettext_noop("Navnet findes ikke her. Se efter, om det er stavet rigtigt.")
MISSING = gettext_noop("Det mangler og skal være der.")
NOT_TEXT = gettext_noop("Her skal stå en tekst i anførselstegn.")
NOT_NUMBER = gettext_noop("Her skal stå et helt tal uden anførselstegn.")
NOT_TEXT_OR_NUMBER = gettext_noop("Her skal stå et helt tal eller en tekst.")
NOT_TRUE_FALSE = gettext_noop("Her skal stå true eller false.")
NOT_DATE = gettext_noop("Her skal stå en dato som 2026-01-31 uden anførselstegn.")
NOT_DATE_OR_UNKNOWN = gettext_noop('Her skal stå en dato som 2026-01-31 eller "unknown".')
NOT_LIST = gettext_noop("Her skal stå en liste i firkantede parenteser.")
NOT_TABLE = gettext_noop("Her skal stå en tabel.")
EMPTY_TEXT = gettext_noop("Teksten er tom.")
EMPTY_LIST = gettext_noop("Listen er tom. Der skal være mindst én.")
CHOICE = gettext_noop("Værdien kan ikke bruges. Vælg mellem: %(allowed)s.")
PATTERN_ID = gettext_noop("Id'et må kun have små bogstaver a-z, tal og understreg, og det skal begynde med et bogstav.")
PATTERN_CLAUSE = gettext_noop("Et nummer på et punkt skal begynde med et bogstav, for eksempel A12 eller B3.")
PATTERN_ANCHOR = gettext_noop("Skriv event:, duty: eller contact: og så et id, for eksempel event:discovered.")
PATTERN_OTHER = gettext_noop("Værdien er ikke skrevet på den måde, der kræves: %(pattern)s")
OTHER = gettext_noop("Værdien kan ikke bruges her.")

_BY_TYPE = {
    "extra_forbidden": UNKNOWN_KEY,
    "missing": MISSING,
    "string_type": NOT_TEXT,
    "int_type": NOT_NUMBER,
    "int_parsing": NOT_NUMBER,
    "int_from_float": NOT_NUMBER,
    "bool_type": NOT_TRUE_FALSE,
    "bool_parsing": NOT_TRUE_FALSE,
    "date_type": NOT_DATE,
    "date_parsing": NOT_DATE,
    "date_from_datetime_parsing": NOT_DATE,
    "date_from_datetime_inexact": NOT_DATE,
    "tuple_type": NOT_LIST,
    "list_type": NOT_LIST,
    "dict_type": NOT_TABLE,
    "model_type": NOT_TABLE,
    "model_attributes_type": NOT_TABLE,
    "string_too_short": EMPTY_TEXT,
    "too_short": EMPTY_LIST,
}
_PATTERNS = (
    ("^(event|duty", PATTERN_ANCHOR),
    ("^[a-z][a-z0-9_]*$", PATTERN_ID),
    ("^[A-Za-z][", PATTERN_CLAUSE),
)
_BRANCHES = frozenset({"date", "str", "int", "literal['unknown']"})
"""The names pydantic gives the branches of "a date or unknown" and "a text or a number"; no key of a pack."""


def place_of(kind: str, entry: Any, path: Iterable[str | int], number: int = 0) -> str:
    """ "duties 'inform' › deadline › offset"; an entry without an id is called by its number, from 1."""
    name = entry.get("id") or entry.get("clause") or entry.get("of") if isinstance(entry, Mapping) else None
    first = f"{kind} '{name}'" if isinstance(name, str) and name else f"{kind} nr. {number}" if number else kind
    return joined(first, path)


def joined(first: str, path: Iterable[str | int]) -> str:
    """Keys by name, positions in a list as "nr. 2", beginning with 1 as people count."""
    return " › ".join([first, *(f"nr. {step + 1}" if isinstance(step, int) else step for step in path)])


def problems_of(wrong: ValidationError, *, file: str, kind: str, entry: Any, number: int = 0) -> list[Problem]:
    """Each fault once: a value that fits no branch of a union gives one problem, not one per branch."""
    found: dict[str, Problem] = {}
    for error in wrong.errors(include_url=False, include_context=True, include_input=False):
        path = [step for step in error["loc"] if step not in _BRANCHES]
        place = place_of(kind, entry, path, number)
        reason, params = _reason(error)
        found.setdefault(place, Problem(file, place, reason, params))
    return list(found.values())


def _reason(error: ErrorDetails) -> tuple[str, dict[str, str]]:
    context = error.get("ctx", {})
    if "literal['unknown']" in error["loc"] or ("date" in error["loc"][-1:] and len(error["loc"]) > 1):
        return NOT_DATE_OR_UNKNOWN, {}
    if error["loc"][-1:] in (("str",), ("int",)):
        return NOT_TEXT_OR_NUMBER, {}
    if error["type"] in ("enum", "literal_error"):
        return CHOICE, {"allowed": str(context["expected"]).replace("'", "").replace(" or ", ", ")}
    if error["type"] == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        said = next(
            (text for start, text in _PATTERNS if pattern.startswith(start)),
            PATTERN_OTHER,
        )
        return said, {"pattern": pattern}
    return _BY_TYPE.get(error["type"], OTHER), {}
