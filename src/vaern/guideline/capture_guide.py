"""Capture guides: how a piece of evidence is secured, platform by platform, as dated data in the manner of the packs.

A folder of TOML files: `capture.toml` with what holds everywhere, and one file for each platform. Like a pack it is
refused whole, with file, place and reason; and like a pack it says how old it is. The format for a human reader:
`docs/capture-guides.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import ValidationError

from vaern.core.text import gettext_noop
from vaern.guideline.core_facts import PLATFORMS
from vaern.guideline.pack import Part, Text
from vaern.guideline.problem import PackProblems, Problem
from vaern.guideline.reading import Source, read_sources
from vaern.guideline.wording import NOT_TABLE, problems_of

HEAD_FILE = "capture.toml"
Device = Literal["phone", "computer"]
DEVICES: tuple[Device, ...] = get_args(Device)
Captures = Literal["post", "address", "time", "profile", "thread", "file"]
ORDER: tuple[Captures, ...] = get_args(Captures)
"""What is captured, in the order in which it should be: what can vanish first comes first."""
OWED = ORDER[:5]
"""What each guide must say something of, on each device, if only why it cannot be had."""
NEEDED = (
    "facebook",
    "messenger",
    "instagram",
    "tiktok",
    "x",
    "snapchat",
    "linkedin",
    "youtube",
    "email",
    "sms",
    "phone",
)

NO_HEAD = gettext_noop("Filen capture.toml mangler tabellen [capture]. Den siger, hvem der ejer vejledningerne.")
NO_GUIDE = gettext_noop("Tabellen [guide] mangler. Den siger, hvilken platform det handler om.")
UNKNOWN_TABLE = gettext_noop("Tabellen findes ikke i en vejledning. Vælg mellem: %(allowed)s.")
NO_ARRAY = gettext_noop("Skriv tabellen med dobbelte firkantede parenteser: [[%(kind)s]].")
OTHER_NAME = gettext_noop("Filen skal hedde det samme som platformen: %(name)s.")
UNKNOWN_PLATFORM = gettext_noop("Platformen kendes ikke. Vælg mellem: %(allowed)s.")
NO_FILE = gettext_noop("Vejledningen mangler. Der skal være en for hver platform, man kan vælge i en melding.")
NOT_SAID = gettext_noop(
    "Der står intet om %(what)s på %(device)s. Skriv et trin, eller skriv under left_out, hvorfor ikke."
)
BOTH_SAID = gettext_noop("Der er både et trin for %(what)s på %(device)s, og en grund til, at det er udeladt.")
WRONG_ORDER = gettext_noop("Trinnet kommer for sent. Rækkefølgen er: %(order)s.")
EXPIRES_FIRST = gettext_noop("Datoen ligger før den dag, vejledningen er gennemgået.")
CHECKED_LATER = gettext_noop("Datoen ligger ude i fremtiden.")
TOO_LONG = gettext_noop("Teksten er for lang til at læse på en telefon. Højst %(most)s tegn.")
_MOST = 300


class Words(Part):
    """One text in both languages of the pages."""

    da: Text
    en: Text

    def said(self, language: str) -> str:
        return self.en if language == "en" else self.da


class Everywhere(Part):
    owner: Text


class Screenshot(Words):
    on: tuple[Device, ...]


class Step(Words):
    captures: Captures
    on: tuple[Device, ...]


class LeftOut(Step):
    """What cannot be had there, and why: da and en are the reason."""


class Guide(Part):
    """`certainty`: "tried" when each step was tried on the day of `checked_on`, "memory" when it was only read."""

    platform: Text
    name: Words
    owner: Text
    checked_on: date
    expires_on: date
    certainty: Literal["tried", "memory"]


class PlatformGuide(Part):
    """One file: the guide's head, its steps, and what it leaves out."""

    guide: Guide
    steps: tuple[Step, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def steps_on(self, device: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if device in step.on)

    def left_out_on(self, device: str) -> tuple[LeftOut, ...]:
        return tuple(one for one in self.left_out if device in one.on)

    def is_old(self, today: date) -> bool:
        return today > self.guide.expires_on


class CaptureGuides(Part):
    """The whole folder, the platforms in the order in which a report asks for them."""

    capture: Everywhere
    before: tuple[Words, ...] = ()
    screenshot: tuple[Screenshot, ...] = ()
    platforms: tuple[PlatformGuide, ...] = ()

    def of(self, platform: str) -> PlatformGuide | None:
        return next((one for one in self.platforms if one.guide.platform == platform), None)


@dataclass(frozen=True, slots=True)
class _File:
    """Which tables a file may hold: `one` stands once, each of `many` is an array."""

    one: tuple[str, type[Part]]
    many: dict[str, type[Part]]
    missing: str


_HEAD = _File(("capture", Everywhere), {"before": Words, "screenshot": Screenshot}, NO_HEAD)
_PLATFORM = _File(("guide", Guide), {"steps": Step, "left_out": LeftOut}, NO_GUIDE)


def is_capture_folder(folder: Path) -> bool:
    return (folder / HEAD_FILE).is_file()


def load_guides(folder: Path, *, today: date | None = None) -> CaptureGuides:
    """The guides in `folder`. Raises `PackProblems` with every fault; `today` is the date no check may lie after."""
    sources, problems = read_sources(folder)
    read: dict[str, dict[str, Any]] = {}
    for source in sources:
        shape = _HEAD if source.name == HEAD_FILE else _PLATFORM
        tables, wrong = _tables(source, shape)
        problems += wrong
        if not wrong:
            read[source.name] = tables
    if HEAD_FILE not in {source.name for source in sources}:
        problems.append(Problem(HEAD_FILE, "", NO_HEAD))
    guides = {name: PlatformGuide.model_validate(tables) for name, tables in read.items() if name != HEAD_FILE}
    if not problems:
        problems += _missing(guides)
    problems += [wrong for name, guide in guides.items() for wrong in _check(name, guide, today)]
    if problems:
        raise PackProblems(tuple(sorted(problems, key=lambda problem: problem.file)))
    order = [option.id for option in PLATFORMS]
    ordered = sorted(guides.values(), key=lambda one: order.index(one.guide.platform))
    return CaptureGuides.model_validate({**read[HEAD_FILE], "platforms": ordered})


def guide_schema() -> dict[str, Any]:
    """The JSON Schema of one platform's file, for editors."""
    made = PlatformGuide.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "Værn capture guide: one platform",
    }


def _tables(source: Source, shape: _File) -> tuple[dict[str, Any], list[Problem]]:
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


def _missing(guides: dict[str, PlatformGuide]) -> Iterator[Problem]:
    yield from (Problem(f"{name}.toml", "", NO_FILE) for name in NEEDED if f"{name}.toml" not in guides)


def _check(file: str, one: PlatformGuide, today: date | None) -> Iterator[Problem]:
    guide, known = one.guide, [option.id for option in PLATFORMS]
    if guide.platform not in known:
        yield Problem(file, "guide › platform", UNKNOWN_PLATFORM, {"allowed": ", ".join(known)})
    elif file != f"{guide.platform}.toml":
        yield Problem(file, "guide › platform", OTHER_NAME, {"name": f"{guide.platform}.toml"})
    if guide.expires_on < guide.checked_on:
        yield Problem(file, "guide › expires_on", EXPIRES_FIRST)
    if today is not None and guide.checked_on > today:
        yield Problem(file, "guide › checked_on", CHECKED_LATER)
    for kind, texts in (("steps", one.steps), ("left_out", one.left_out)):
        for number, text in enumerate(texts, start=1):
            if max(len(text.da), len(text.en)) > _MOST:
                yield Problem(file, f"{kind} nr. {number}", TOO_LONG, {"most": str(_MOST)})
    for device in DEVICES:
        yield from _check_device(file, one, device)


def _check_device(file: str, one: PlatformGuide, device: Device) -> Iterator[Problem]:
    """Each thing is told of once, and in the order of `ORDER`."""
    said = [step.captures for step in one.steps_on(device)]
    left = {step.captures for step in one.left_out_on(device)}
    for what in OWED:
        if (what in said) == (what in left):
            reason = BOTH_SAID if what in said else NOT_SAID
            yield Problem(file, "steps", reason, {"what": what, "device": device})
    pairs = enumerate(pairwise(said), start=2)
    late = [(number, what) for number, (before, what) in pairs if ORDER.index(what) < ORDER.index(before)]
    for number, what in late[:1]:
        place = f"steps ({device}) nr. {number}: {what}"
        yield Problem(file, place, WRONG_ORDER, {"order": ", ".join(ORDER)})
