"""The forms a name comes in: whole, surname alone, first name alone, initials, genitive, other spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_SPELLINGS = {"æ": "(?:æ|ae)", "ø": "(?:ø|oe|o|ö)", "å": "(?:å|aa|a)", "é": "(?:é|e)", "ü": "(?:ü|u|ue)"}
# First names and surnames that are everyday words: alone they say nothing unless written as a name, and not first.
_EVERYDAY = """
april ask august bach berg bjerg bo borg bro by bech dag dal elm eng faber friis fryd gade have hede holm juni kjær
klit krog kær lilje liv lund lys maj mark munk møller nord per pil rose skov smed sommer storm strand syd vang vester
vinter øster ø å
"""
_WORDS = frozenset(_EVERYDAY.split())
_GENITIVE = r"(?:['\u2019]?s|['\u2019])?"
_SMALL = frozenset({"von", "van", "de", "la", "der", "den", "og"})


@lru_cache(maxsize=512)
def forms_of(name: str) -> tuple[re.Pattern[str], ...]:
    """Patterns for one person, longest first, so that "Anna Holm" is found as one and not as two."""
    parts = [part for part in re.split(r"[\s]+", name.strip()) if part]
    return tuple(_forms(parts)) if parts else ()


def _forms(parts: list[str]) -> Iterator[re.Pattern[str]]:
    if len(parts) > 1:
        yield _compiled(r"[\s.\-_,]{1,3}".join(map(_spelled, parts)))
        yield _compiled(
            rf"{_spelled(parts[0])}[\s.\-_]{{1,2}}(?-i:(?:[A-ZÆØÅ]\w*[\s.\-]{{1,2}}){{0,2}}){_spelled(parts[-1])}"
        )
        yield _compiled(rf"{_spelled(parts[-1])},?\s{_spelled(parts[0])}")
        yield _compiled(rf"{_spelled(parts[0][0])}\.\s?(?:\w\.\s?)*{_spelled(parts[-1])}")
        yield _compiled(rf"{_spelled(parts[0])}\s{re.escape(parts[-1][0])}\.")
    capitals = [part[0].upper() for part in parts if part.casefold() not in _SMALL]
    if len(capitals) > 1:
        yield re.compile(r"(?<![\w.])" + r"\.\s?".join(map(re.escape, capitals)) + r"\.?" + _GENITIVE + r"(?!\w)")
        yield re.compile(r"(?<![\w.])" + "".join(map(re.escape, capitals)) + _GENITIVE + r"(?!\w|\.\w)")
    yield from (_alone(part) for part in parts if len(part) > 1 and part.casefold() not in _SMALL)


def _alone(part: str) -> re.Pattern[str]:
    """A single name. Short ones and everyday words only with a capital, and not where a sentence begins anyway."""
    if part.casefold() in _WORDS or len(part) < 4:
        return re.compile(rf"(?<=[\wæøå,] )(?<!\. ){_cased(part)}{_GENITIVE}(?!\w)")
    return _compiled(_spelled(part))


def _cased(part: str) -> str:
    return re.escape(part[0].upper() + part[1:])


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}{_GENITIVE}(?!\w)", re.IGNORECASE)


def _spelled(part: str) -> str:
    return "".join(_SPELLINGS.get(one.casefold(), re.escape(one)) for one in part)
