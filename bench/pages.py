"""Pages over HTTP on a server as `./run serve` starts it: the case page, the list, the first page, memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from bench import report
from bench.baseline_server import Baseline
from bench.browser import Browser
from bench.figures import Figure, Scale, interleaved
from bench.server import Installation, Server

PHOTO = 60_000


@contextmanager
def side_by_side(folder: Path, rows: int = 0) -> Iterator[tuple[Server, Server, dict[str, Any]]]:
    """Værn and the plain site, each with `rows` cases, both running; and who may log in to Værn."""
    with ExitStack() as stack:
        home = stack.enter_context(Installation(folder / "vaern"))
        people = home.run("bench.fill", "people")
        if rows:
            home.run("bench.fill", "cases", str(rows))
        plain = Baseline(folder / "plain")
        plain.fill(max(rows, 1))
        yield stack.enter_context(home.server()), stack.enter_context(plain.site()), people


def cold_start(scale: Scale, folder: Path) -> list[Figure]:
    """From the command to the first page."""
    with Installation(folder / "vaern") as home:
        plain = Baseline(folder / "plain")
        plain.fill(1)
        ours, theirs = interleaved(scale.rounds, lambda: _start(home.server()), lambda: _start(plain.site()))
    return [Figure("cold start to first page", "ms", ours, theirs)]


def _start(server: Server) -> float:
    with server:
        return server.seconds * 1000


def memory(scale: Scale, folder: Path) -> list[Figure]:
    """All processes of the server together, after some work."""
    with side_by_side(folder) as (ours, plain, people):
        browser, other = _in(ours, people["employees"][0], people), Browser(plain.port)
        picture = report.a_photo(2 * 1024 * 1024)
        for number in range(scale.pages):
            browser.get("/report/start/?who=me")
            other.get("/things/")
            if number < scale.reports:
                report.make(browser, report.Told("Melding.", report.unlike(picture, str(number))))
        return [Figure("memory of the server processes", "MiB", [ours.memory()], [plain.memory()])]


def case_page(scale: Scale, folder: Path) -> list[Figure]:
    """The manager opens a case; each opening is written to the journal, and flushed to disk."""
    with side_by_side(folder) as (ours, plain, people):
        told = report.Told("Melding.", report.a_photo(PHOTO, (400, 300)))
        case = report.case_of(report.make(_in(ours, people["employees"][0], people), told))
        manager, other = _in(ours, "leder@maal.example", people), Browser(plain.port)
        figures = interleaved(
            scale.rounds,
            lambda: _page(manager, f"/case/{case}/", scale),
            lambda: _page(other, "/things/1/", scale),
        )
    return [Figure("case page", "ms", *figures)]


def lists(scale: Scale, folder: Path) -> list[Figure]:
    return [figure for rows in scale.lists for figure in _list(scale, folder / str(rows), rows)]


def _list(scale: Scale, folder: Path, rows: int) -> list[Figure]:
    """The secretary, who has a part in every one of them."""
    figures = []
    with side_by_side(folder, rows) as (ours, plain, people):
        secretary, other = _in(ours, "sekretariat@maal.example", people), Browser(plain.port)
        for page in (1, 20):
            pair = interleaved(
                scale.rounds,
                lambda page=page: _page(secretary, f"/cases/?page={page}", scale),  # type: ignore[misc]
                lambda page=page: _page(other, f"/things/?page={page}", scale),  # type: ignore[misc]
            )
            figures.append(Figure(f"list of {rows:,} cases, page {page}", "ms", *pair))
    return figures


def _in(server: Server, mail: str, people: dict[str, Any]) -> Browser:
    browser = Browser(server.port)
    browser.log_in(mail, people["password"])
    return browser


def _page(browser: Browser, path: str, scale: Scale) -> float:
    """The median of some requests in a row, in milliseconds, on a new connection."""
    browser.hang_up()
    took = []
    for _ in range(scale.pages):
        begun = time.perf_counter()
        page = browser.get(path)
        took.append((time.perf_counter() - begun) * 1000)
        if page.status != 200:
            raise RuntimeError(f"{path} answers {page.status}")
    return median(took)
