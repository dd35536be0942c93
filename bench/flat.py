"""The memory of a server that takes a large file in and gives it out again, beside that of one with a small file."""

from __future__ import annotations

import os
import re
import struct
from pathlib import Path

from bench import report
from bench.browser import Browser
from bench.server import Installation, Server

MIB = 1024 * 1024


def a_film(size: int) -> bytes:
    """An MP4 of random bytes: nothing that judges it has pictures to decode."""
    head = struct.pack(">I4s", 16, b"ftyp") + b"isom\x00\x00\x02\x00" + struct.pack(">I4s", 8, b"moov")
    return head + struct.pack(">I4s", size - 24, b"mdat") + os.urandom(size - 32)


def flat(folder: Path, sizes: tuple[int, ...]) -> list[float]:
    """For each size in turn, MiB at most in any process of the server meanwhile. The file must come back byte for
    byte."""
    home = Installation(folder, workers=1, threads=2)
    home.environment |= {"VAERN_FILE_MAX_MB": "256", "VAERN_REPORT_MAX_MB": "512"}
    with home:
        people = home.run("bench.fill", "people")
        with home.server() as server:
            browser = Browser(server.port)
            browser.log_in(people["employees"][0], people["password"])
            case = report.case_of(report.make(browser, report.Told("Melding.", report.a_photo(60_000, (400, 300)))))
            return [_through(server, browser, case, a_film(size)) for size in sizes]


def _through(server: Server, browser: Browser, case: str, film: bytes) -> float:
    there = set(_items(browser, case))
    for pid in server.pids():
        # Begins the peak anew: a login takes more, since guessing passwords shall cost memory, and would hide a file.
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    browser.get(f"/case/{case}/take_in_evidence/")
    taken = browser.post(f"/case/{case}/take_in_evidence/", {"note": ""}, {"evidence": ("film.mp4", film)})
    if taken.status != 302:
        raise RuntimeError(f"the film was not taken in: {taken.status}")
    (item,) = set(_items(browser, case)) - there
    given = browser.post(f"{item}download/", {})
    if given.text != film.decode("utf-8", "replace"):
        raise RuntimeError("what came out is not what went in")
    return max(_peak(pid) for pid in server.pids())


def _items(browser: Browser, case: str) -> list[str]:
    return re.findall(rf"/case/{case}/evidence/[0-9a-f-]{{36}}/", browser.get(f"/case/{case}/mine/").text)


def _peak(pid: int) -> float:
    """`VmHWM`, in MiB."""
    return int(Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
