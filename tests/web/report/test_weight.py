"""The first page of a report is light enough for a phone on a poor line, with everything it brings with it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from tests.house.sources import PACKAGE, ROOT
from tests.people_kit import Municipality, logged_in

FOLDERS = (ROOT / "var" / "frontend", PACKAGE / "web" / "static")
KEPT_AS_IS = {".woff2", ".png"}


def file_of(address: str) -> Path:
    name = address.removeprefix("/static/")
    return next(folder / name for folder in FOLDERS if (folder / name).is_file())


def weight(path: Path) -> int:
    """Bytes over the wire: text goes out compressed, fonts are so already."""
    return path.stat().st_size if path.suffix in KEPT_AS_IS else len(gzip.compress(path.read_bytes(), 9))


def test_the_first_report_page_is_under_a_hundred_kilobytes(town: Municipality) -> None:
    page = logged_in(town.anna).get("/report/start/?who=me").content
    files = {file_of(address) for address in re.findall(r"/static/[\w./-]+", page.decode())}
    files |= set((FOLDERS[0] / "dkfds" / "fonts").iterdir())
    assert len(files) == 7
    # 5,000 for headers, the hashes in names, and a small picture or two named by the style.
    assert 60_000 < len(page) + sum(map(weight, files)) + 5_000 < 100_000


def test_no_page_names_another_host(town: Municipality) -> None:
    page = logged_in(town.anna).get("/").content.decode()
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', page) == []
