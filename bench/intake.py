"""Whole reports with a phone's photo of 2 MiB, by one client and by eight at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench import report
from bench.baseline_server import Baseline
from bench.browser import Browser
from bench.figures import Figure, Scale, interleaved
from bench.server import Installation

PICTURE = 2 * 1024 * 1024
STEPS = ("what", "evidence", "kind", "you", "send")


def intake(scale: Scale, folder: Path) -> list[Figure]:
    picture = report.a_photo(PICTURE)
    with ExitStack() as stack:
        home = stack.enter_context(Installation(folder / "vaern"))
        people = home.run("bench.fill", "people")
        ours = stack.enter_context(home.server())
        plain = stack.enter_context(Baseline(folder / "plain").intake())
        browsers = [Browser(ours.port) for _ in people["employees"]]
        for browser, mail in zip(browsers, people["employees"], strict=True):
            browser.log_in(mail, people["password"])
        others = [Browser(plain.port) for _ in browsers]
        figures = []
        for count in (1, 8):
            pair = interleaved(
                scale.rounds,
                lambda n=count: _together(browsers[:n], _report, picture, scale),  # type: ignore[misc]
                lambda n=count: _together(others[:n], _plain, picture, scale),  # type: ignore[misc]
            )
            figures.append(Figure(f"report with a 2 MiB picture, {_clients(count)}", "ms", *pair))
    return figures


def _clients(count: int) -> str:
    return "1 client" if count == 1 else f"{count} clients at once"


def _together(
    browsers: list[Browser], make: Callable[[Browser, report.Told], None], picture: bytes, scale: Scale
) -> float:
    """The median milliseconds of one report while all make theirs. Pictures are made before the clock starts, and each
    begins with a new connection: while the others had their turn a server may have hung up on the old one."""
    for browser in browsers:
        browser.hang_up()
    took: list[float] = []
    told = [[_told(picture) for _ in range(scale.reports)] for _ in browsers]

    def run(browser: Browser, mine: list[report.Told]) -> None:
        for one in mine:
            begun = time.perf_counter()
            make(browser, one)
            took.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=run, args=pair) for pair in zip(browsers, told, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(took) != len(browsers) * scale.reports:
        raise RuntimeError("a report did not come through")
    return median(took)


def _told(picture: bytes) -> report.Told:
    return report.Told("Et opslag om mig.", report.unlike(picture, str(time.perf_counter_ns())))


def _report(browser: Browser, told: report.Told) -> None:
    report.make(browser, told)


def _plain(browser: Browser, told: report.Told) -> None:
    for step in STEPS:
        browser.get(f"/{step}/")
        files = {"files": ("opslag.jpg", told.picture)} if step == "evidence" else None
        browser.post(f"/{step}/", {"what": told.words}, files)
