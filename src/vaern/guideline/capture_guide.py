"""Capture guides: how a piece of evidence is secured, platform by platform, as dated data in the manner of the packs.

A folder of TOML files: `capture.toml` with what holds everywhere, and one file for each platform. Like a pack it is
refused whole, with file, place and reason; and like a pack it says how old it is. The format for a human reader:
`docs/capture-guides.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args

from vaern.core.text import gettext_noop
from vaern.guideline.guide_files import (
    Everywhere,
    FileShape,
    Guide,
    Words,
    check_guide,
    check_length,
    place_of,
    tables_of,
)
from vaern.guideline.pack import Part
from vaern.guideline.problem import PackProblems, Problem
from vaern.guideline.reading import read_sources

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
NO_FILE = gettext_noop("Vejledningen mangler. Der skal være en for hver platform, man kan vælge i en melding.")
NOT_SAID = gettext_noop(
    "Der står intet om %(what)s på %(device)s. Skriv et trin, eller skriv under left_out, hvorfor ikke."
)
BOTH_SAID = gettext_noop("Der er både et trin for %(what)s på %(device)s, og en grund til, at det er udeladt.")
WRONG_ORDER = gettext_noop("Trinnet kommer for sent. Rækkefølgen er: %(order)s.")


class Screenshot(Words):
    on: tuple[Device, ...]


class Step(Words):
    captures: Captures
    on: tuple[Device, ...]


class LeftOut(Step):
    """What cannot be had there, and why: da and en are the reason."""


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
        return self.guide.is_old(today)


class CaptureGuides(Part):
    """The whole folder, the platforms in the order in which a report asks for them."""

    capture: Everywhere
    before: tuple[Words, ...] = ()
    screenshot: tuple[Screenshot, ...] = ()
    platforms: tuple[PlatformGuide, ...] = ()

    def of(self, platform: str) -> PlatformGuide | None:
        return next((one for one in self.platforms if one.guide.platform == platform), None)


_HEAD = FileShape(("capture", Everywhere), {"before": Words, "screenshot": Screenshot}, NO_HEAD)
_PLATFORM = FileShape(("guide", Guide), {"steps": Step, "left_out": LeftOut}, NO_GUIDE)


def is_capture_folder(folder: Path) -> bool:
    return (folder / HEAD_FILE).is_file()


def load_guides(folder: Path, *, today: date | None = None) -> CaptureGuides:
    """The guides in `folder`. Raises `PackProblems` with every fault; `today` is the date no check may lie after."""
    sources, problems = read_sources(folder)
    read: dict[str, dict[str, Any]] = {}
    for source in sources:
        shape = _HEAD if source.name == HEAD_FILE else _PLATFORM
        tables, wrong = tables_of(source, shape)
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
    ordered = sorted(guides.values(), key=lambda one: place_of(one.guide.platform))
    return CaptureGuides.model_validate({**read[HEAD_FILE], "platforms": ordered})


def guide_schema() -> dict[str, Any]:
    """The JSON Schema of one platform's file, for editors."""
    made = PlatformGuide.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "Værn capture guide: one platform",
    }


def _missing(guides: dict[str, PlatformGuide]) -> Iterator[Problem]:
    yield from (Problem(f"{name}.toml", "", NO_FILE) for name in NEEDED if f"{name}.toml" not in guides)


def _check(file: str, one: PlatformGuide, today: date | None) -> Iterator[Problem]:
    yield from check_guide(file, one.guide, today)
    yield from check_length(file, "steps", one.steps)
    yield from check_length(file, "left_out", one.left_out)
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
