"""Loading a pack: a folder of TOML and Markdown files becomes one frozen `Pack`, or is refused whole.

Each entry is read on its own with the class of its table, so that every fault is found in one go and carries
the file it stands in. (Validating the merged whole would be shorter, but would lose the file.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, get_args

from pydantic import ValidationError

from vaern.core.text import gettext_noop
from vaern.guideline.pack import Head, Pack, Part
from vaern.guideline.problem import PackProblems, Problem
from vaern.guideline.reading import FOLDERS_OF_TEXT, Source, read_sources
from vaern.guideline.wording import NOT_TABLE, problems_of

HEAD_FILE = "pack.toml"
NO_HEAD_FILE = gettext_noop("Filen pack.toml mangler. Den fortæller, hvad pakken hedder, og hvem den gælder for.")
NO_HEAD = gettext_noop("Tabellen [pack] mangler.")
HEAD_ELSEWHERE = gettext_noop("Tabellen [pack] må kun stå i pack.toml.")
NO_ARRAY = gettext_noop("Skriv tabellen med dobbelte firkantede parenteser: [[%(kind)s]].")
UNKNOWN_TABLE = gettext_noop("Tabellen findes ikke i en pakke. Vælg mellem: %(allowed)s.")
OTHER_ID = gettext_noop("Id'et skal være det samme som filens navn: %(name)s.")
BODY_TWICE = gettext_noop("Teksten skal stå under den anden linje med +++, ikke blandt oplysningerne.")

ENTRY: Mapping[str, type[Part]] = {
    kind: get_args(info.annotation)[0] for kind, info in Pack.model_fields.items() if kind != "pack"
}
"""The class of each array of a pack: "duties" -> Duty."""

BODY_KEY = {"letters": "body", "passages": "text"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pack, and for each array the file of each entry (`files["duties"][3]`)."""

    pack: Pack
    files: Mapping[str, tuple[str, ...]]


@dataclass
class _Heap:
    """What has been gathered so far; thrown away when a problem turns up."""

    problems: list[Problem]
    entries: dict[str, list[Part]] = field(default_factory=lambda: {kind: [] for kind in ENTRY})
    files: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in ENTRY})
    head: Head | None = None


def load(folder: Path) -> Pack:
    """The pack in `folder`. Raises `PackProblems` with every fault found; its references are for `check` to judge."""
    return load_with_files(folder).pack


def load_with_files(folder: Path) -> Loaded:
    """As `load`, and which file each entry came from, for `check` to name it."""
    sources, problems = read_sources(folder)
    heap = _Heap(list(problems))
    if folder.is_dir() and not (folder / HEAD_FILE).exists():
        heap.problems.append(Problem(HEAD_FILE, "", NO_HEAD_FILE))
    for source in sources:
        if "/" in source.name:
            _take_text(heap, source)
        else:
            _take_tables(heap, source)
    if heap.problems or heap.head is None:
        raise PackProblems(tuple(sorted(heap.problems, key=lambda problem: problem.file)))
    entries = {kind: tuple(found) for kind, found in heap.entries.items()}
    pack = Pack.model_validate({"pack": heap.head, **entries})
    return Loaded(pack, {kind: tuple(files) for kind, files in heap.files.items()})


def _take_tables(heap: _Heap, source: Source) -> None:
    if source.name == HEAD_FILE and "pack" not in source.tables:
        heap.problems.append(Problem(source.name, "pack", NO_HEAD))
    for kind, table in source.tables.items():
        if kind == "pack":
            _take_head(heap, source.name, table)
        elif kind not in ENTRY:
            heap.problems.append(
                Problem(
                    source.name,
                    kind,
                    UNKNOWN_TABLE,
                    {"allowed": ", ".join(["pack", *ENTRY])},
                )
            )
        elif not isinstance(table, list):
            heap.problems.append(Problem(source.name, kind, NO_ARRAY, {"kind": kind}))
        else:
            for number, entry in enumerate(table, start=1):
                _take_entry(heap, kind, source.name, entry, number)


def _take_head(heap: _Heap, file: str, table: Any) -> None:
    if file != HEAD_FILE:
        heap.problems.append(Problem(file, "pack", HEAD_ELSEWHERE))
        return
    try:
        heap.head = Head.model_validate(table)
    except ValidationError as wrong:
        heap.problems += problems_of(wrong, file=file, kind="pack", entry=None)


def _take_entry(heap: _Heap, kind: str, file: str, entry: Any, number: int) -> None:
    if not isinstance(entry, dict):
        heap.problems.append(Problem(file, f"{kind} nr. {number}", NOT_TABLE))
        return
    try:
        heap.entries[kind].append(ENTRY[kind].model_validate(entry))
        heap.files[kind].append(file)
    except ValidationError as wrong:
        heap.problems += problems_of(wrong, file=file, kind=kind, entry=entry, number=number)


def _take_text(heap: _Heap, source: Source) -> None:
    """A letter or passage in a file of its own: the file's name is its id, so that it is found without a search."""
    path = PurePosixPath(source.name)
    kind = FOLDERS_OF_TEXT[path.parent.name]
    if source.tables.setdefault("id", path.stem) != path.stem:
        heap.problems.append(Problem(source.name, "id", OTHER_ID, {"name": path.stem}))
    if BODY_KEY[kind] in source.tables:
        heap.problems.append(Problem(source.name, BODY_KEY[kind], BODY_TWICE))
    _take_entry(heap, kind, source.name, {**source.tables, BODY_KEY[kind]: source.body}, 1)
