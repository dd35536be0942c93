"""Privacy guides: how somebody looks through the profile of her own, platform by platform, one thing at a time; so that
less is found, and less gets through, while it goes on. Dated data beside the capture guides; the format for a human
reader: `docs/privacy-guides.md`.
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

HEAD_FILE = "privacy.toml"
Covers = Literal["audience", "contact", "details", "tags", "old", "block"]
ORDER: tuple[Covers, ...] = get_args(Covers)
"""What is looked through, in the order in which it helps most: who sees, who can write, what stands there about home
and family, what others may tag, what lies there from before, and whom to shut out."""
NEEDED = ("facebook", "messenger", "instagram", "tiktok", "x", "snapchat", "linkedin", "youtube")
"""Where people have a profile of their own."""

NO_HEAD = gettext_noop("Filen privacy.toml mangler tabellen [privacy]. Den siger, hvem der ejer vejledningerne.")
NO_GUIDE = gettext_noop("Tabellen [guide] mangler. Den siger, hvilken platform det handler om.")
NO_FILE = gettext_noop("Vejledningen mangler. Der skal være en for hver platform, hvor man har en profil.")
NOT_SAID = gettext_noop("Der står intet om %(what)s. Skriv et trin, eller skriv under left_out, hvorfor ikke.")
BOTH_SAID = gettext_noop("Der er både et trin for %(what)s og en grund til, at det er udeladt.")
WRONG_ORDER = gettext_noop("Trinnet kommer for sent. Rækkefølgen er: %(order)s.")


class Step(Words):
    covers: Covers


class PrivacyGuide(Part):
    """One file: the guide's head, its steps, and what the platform does not have."""

    guide: Guide
    steps: tuple[Step, ...] = ()
    left_out: tuple[Step, ...] = ()


class PrivacyGuides(Part):
    """The whole folder, the platforms in the order in which a report asks for them."""

    privacy: Everywhere
    before: tuple[Words, ...] = ()
    after: tuple[Words, ...] = ()
    platforms: tuple[PrivacyGuide, ...] = ()

    def of(self, platform: str) -> PrivacyGuide | None:
        return next((one for one in self.platforms if one.guide.platform == platform), None)


_HEAD = FileShape(("privacy", Everywhere), {"before": Words, "after": Words}, NO_HEAD)
_PLATFORM = FileShape(("guide", Guide), {"steps": Step, "left_out": Step}, NO_GUIDE)


def is_privacy_folder(folder: Path) -> bool:
    return (folder / HEAD_FILE).is_file()


def load_privacy_guides(folder: Path, *, today: date | None = None) -> PrivacyGuides:
    """The guides in `folder`. Raises `PackProblems` with every fault; `today` is the date no check may lie after."""
    sources, problems = read_sources(folder)
    read: dict[str, dict[str, Any]] = {}
    for source in sources:
        tables, wrong = tables_of(source, _HEAD if source.name == HEAD_FILE else _PLATFORM)
        problems += wrong
        if not wrong:
            read[source.name] = tables
    if HEAD_FILE not in {source.name for source in sources}:
        problems.append(Problem(HEAD_FILE, "", NO_HEAD))
    guides = {name: PrivacyGuide.model_validate(tables) for name, tables in read.items() if name != HEAD_FILE}
    if not problems:
        problems += [Problem(f"{name}.toml", "", NO_FILE) for name in NEEDED if f"{name}.toml" not in guides]
    problems += [wrong for name, guide in guides.items() for wrong in _check(name, guide, today)]
    if problems:
        raise PackProblems(tuple(sorted(problems, key=lambda problem: problem.file)))
    ordered = sorted(guides.values(), key=lambda one: place_of(one.guide.platform))
    return PrivacyGuides.model_validate({**read[HEAD_FILE], "platforms": ordered})


def _check(file: str, one: PrivacyGuide, today: date | None) -> Iterator[Problem]:
    yield from check_guide(file, one.guide, today)
    yield from check_length(file, "steps", one.steps)
    yield from check_length(file, "left_out", one.left_out)
    said, left = [step.covers for step in one.steps], {step.covers for step in one.left_out}
    for what in ORDER:
        if (what in said) == (what in left):
            yield Problem(file, "steps", BOTH_SAID if what in said else NOT_SAID, {"what": what})
    late = [n for n, (before, what) in enumerate(pairwise(said), start=2) if ORDER.index(what) < ORDER.index(before)]
    for number in late[:1]:
        yield Problem(file, f"steps nr. {number}", WRONG_ORDER, {"order": ", ".join(ORDER)})
