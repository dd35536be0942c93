"""Finding packs on disk for the guideline commands: the one asked for, and those beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from vaern.guideline.load import HEAD_FILE, Loaded, load_with_files
from vaern.guideline.pack import Pack
from vaern.guideline.problem import PackProblems


def beside(folders: Sequence[Path]) -> dict[str, Pack]:
    """Id -> pack for `folders` and every pack folder next to one of them. What does not load is left out:
    its own problems are told when it is itself asked for."""
    near = [entry for folder in folders for entry in sorted(folder.resolve().parent.iterdir())]
    found: dict[str, Pack] = {}
    for folder in [*folders, *near]:
        if (folder / HEAD_FILE).is_file() and (loaded := _try(folder)) is not None:
            found.setdefault(loaded.pack.pack.id, loaded.pack)
    return found


def _try(folder: Path) -> Loaded | None:
    try:
        return load_with_files(folder)
    except PackProblems:
        return None


def parents(pack: Pack, known: Mapping[str, Pack]) -> list[Pack]:
    """The line above `pack`, nearest first; it ends where a parent is missing or comes again."""
    line = [pack]
    while (above := known.get(line[-1].pack.parent or "")) is not None and above not in line:
        line.append(above)
    return line[1:]
