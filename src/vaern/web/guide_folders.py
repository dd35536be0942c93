"""The guides of the installation's folder: read again only when a file has changed, and refused whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from vaern.guideline.problem import PackProblems

Guides = TypeVar("Guides")


def guides_in(name: str, load: Callable[[Path], Guides]) -> Guides | None:
    """None when the folder is missing or not as it should be: no guide is shown rather than half of them."""
    folder = Path(settings.GUIDELINES) / name
    try:
        found = sorted((path.name, path.stat().st_mtime_ns) for path in folder.glob("*.toml"))
    except OSError:
        return None
    return _loaded(load, folder, tuple(found)) if found else None  # type: ignore[return-value]


@lru_cache(maxsize=8)
def _loaded(load: Callable[[Path], object], folder: Path, _as_of: tuple[tuple[str, int], ...]) -> object | None:
    try:
        return load(folder)
    except PackProblems:
        return None
