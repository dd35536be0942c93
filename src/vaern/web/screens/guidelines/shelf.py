"""The packs in the installation's folder: each read, checked, and ready to be adopted - or why it is not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vaern.guideline.capture_guide import is_capture_folder
from vaern.guideline.check import check
from vaern.guideline.compose import compose
from vaern.guideline.composed import Composed
from vaern.guideline.load import load
from vaern.guideline.pack import Pack
from vaern.guideline.privacy_guide import is_privacy_folder
from vaern.guideline.problem import PackProblems, Problem


@dataclass(frozen=True, slots=True)
class Shelved:
    """One folder: its pack, or the faults that keep it from being used."""

    folder: str
    pack: Pack | None
    problems: tuple[Problem, ...]


def shelf(folder: Path) -> list[Shelved]:
    """Every pack in the folder, by name. A bad one is shown with its faults, never half-used."""
    read = [_read(path) for path in _folders(folder)] if folder.is_dir() else []
    packs = {one.pack.pack.id: one.pack for one in read if one.pack}
    return [_checked(one, packs) for one in read]


def _folders(folder: Path) -> list[Path]:
    """Those with a pack; the guides for platforms lie beside them and are adopted by nobody."""
    return [path for path in sorted(folder.iterdir()) if path.is_dir() and not _is_guides(path)]


def _is_guides(path: Path) -> bool:
    return is_capture_folder(path) or is_privacy_folder(path)


def _read(path: Path) -> Shelved:
    try:
        return Shelved(path.name, load(path), ())
    except PackProblems as wrong:
        return Shelved(path.name, None, wrong.problems)


def _checked(one: Shelved, packs: dict[str, Pack]) -> Shelved:
    if one.pack is None:
        return one
    others = {name: pack for name, pack in packs.items() if name != one.pack.pack.id}
    return Shelved(one.folder, one.pack, tuple(check(one.pack, others)))


def usable(found: list[Shelved], kinds: tuple[str, ...]) -> dict[str, Pack]:
    """Packs without a fault, of these kinds, by id."""
    good = (one.pack for one in found if one.pack and not one.problems)
    return {pack.pack.id: pack for pack in good if pack.pack.kind in kinds}


def lay_together(found: list[Shelved], pack_id: str, layer_ids: list[str]) -> Composed:
    """The chosen guideline with its parent and layers. KeyError for one that is not on the shelf."""
    packs = usable(found, ("guideline", "overlay", "layer"))
    pack = packs[pack_id]
    parents = [packs[pack.pack.parent]] if pack.pack.parent else []
    return compose(pack, [*parents, *(packs[name] for name in layer_ids)])
