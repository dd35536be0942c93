"""What guides for platforms have in common: dated files of TOML, one for each platform, in two languages, refused whole
with file, place and reason; and like a pack each says how old it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import ValidationError

from vaern.core.text import gettext_noop
from vaern.guideline.core_facts import PLATFORMS
from vaern.guideline.pack import Part, Text
from vaern.guideline.problem import Problem
from vaern.guideline.reading import Source
from vaern.guideline.wording import NOT_TABLE, problems_of

UNKNOWN_TABLE = gettext_noop("Tabellen findes ikke i en vejledning. Vælg mellem: %(allowed)s.")
NO_ARRAY = gettext_noop("Skriv tabellen med dobbelte firkantede parenteser: [[%(kind)s]].")
OTHER_NAME = gettext_noop("Filen skal hedde det samme som platformen: %(name)s.")
UNKNOWN_PLATFORM = gettext_noop("Platformen kendes ikke. Vælg mellem: %(allowed)s.")
EXPIRES_FIRST = gettext_noop("Datoen ligger før den dag, vejledningen er gennemgået.")
CHECKED_LATER = gettext_noop("Datoen ligger ude i fremtiden.")
TOO_LONG = gettext_noop("Teksten er for lang til at læse på en telefon. Højst %(most)s tegn.")
MOST = 300


class Words(Part):
    """One text in both languages of the pages."""

    da: Text
    en: Text

    def said(self, language: str) -> str:
        return self.en if language == "en" else self.da


class Everywhere(Part):
    owner: Text


class Guide(Part):
    """`certainty`: "tried" when each step was tried on the day of `checked_on`, "memory" when it was only read."""

    platform: Text
    name: Words
    owner: Text
    checked_on: date
    expires_on: date
    certainty: Literal["tried", "memory"]

    def is_old(self, today: date) -> bool:
        return today > self.expires_on


@dataclass(frozen=True, slots=True)
class FileShape:
    """Which tables a file may hold: `one` stands once, each of `many` is an array."""

    one: tuple[str, type[Part]]
    many: dict[str, type[Part]]
    missing: str


def tables_of(source: Source, shape: FileShape) -> tuple[dict[str, Any], list[Problem]]:
    name, class_ = shape.one
    problems = [] if name in source.tables else [Problem(source.name, name, shape.missing)]
    read: dict[str, Any] = {}
    for kind, table in source.tables.items():
        if kind == name:
            read[kind] = _read(source.name, kind, class_, table, 0, problems)
        elif kind not in shape.many:
            problems.append(Problem(source.name, kind, UNKNOWN_TABLE, {"allowed": ", ".join([name, *shape.many])}))
        elif not isinstance(table, list):
            problems.append(Problem(source.name, kind, NO_ARRAY, {"kind": kind}))
        else:
            numbered = enumerate(table, start=1)
            read[kind] = [_read(source.name, kind, shape.many[kind], one, at, problems) for at, one in numbered]
    return read, problems


def _read(file: str, kind: str, class_: type[Part], table: Any, number: int, problems: list[Problem]) -> Part | None:
    if not isinstance(table, dict):
        problems.append(Problem(file, f"{kind} nr. {number}" if number else kind, NOT_TABLE))
        return None
    try:
        return class_.model_validate(table)
    except ValidationError as wrong:
        problems += problems_of(wrong, file=file, kind=kind, entry=table, number=number)
        return None


def check_guide(file: str, guide: Guide, today: date | None) -> Iterator[Problem]:
    """The head of one platform's file. `today` is the date no check may lie after."""
    known = [option.id for option in PLATFORMS]
    if guide.platform not in known:
        yield Problem(file, "guide › platform", UNKNOWN_PLATFORM, {"allowed": ", ".join(known)})
    elif file != f"{guide.platform}.toml":
        yield Problem(file, "guide › platform", OTHER_NAME, {"name": f"{guide.platform}.toml"})
    if guide.expires_on < guide.checked_on:
        yield Problem(file, "guide › expires_on", EXPIRES_FIRST)
    if today is not None and guide.checked_on > today:
        yield Problem(file, "guide › checked_on", CHECKED_LATER)


def check_length(file: str, kind: str, texts: tuple[Words, ...]) -> Iterator[Problem]:
    for number, text in enumerate(texts, start=1):
        if max(len(text.da), len(text.en)) > MOST:
            yield Problem(file, f"{kind} nr. {number}", TOO_LONG, {"most": str(MOST)})


def place_of(platform: str) -> int:
    """Where a platform stands among those a report asks for."""
    return [option.id for option in PLATFORMS].index(platform)
