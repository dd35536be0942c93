"""A report over HTTP, page by page as a phone would make it: get the step, send the step, follow where it leads."""

from __future__ import annotations

import io
import random
import re
import struct
from dataclasses import dataclass

from PIL import Image

from bench.browser import Browser, values_of

START = "/report/start/?who=me"


class Stuck(Exception):
    """A step did not lead on. The server is there, so this is a fault, not a killed server."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one report says: words nobody else's has, and one picture nobody else's has."""

    words: str
    picture: bytes


def begin(browser: Browser, told: Told) -> str:
    """Sends the first step; the address of the next."""
    return step(browser, told, START)


def make(browser: Browser, told: Told) -> str:
    """The whole report; the address of its receipt."""
    at = START
    while not is_receipt(at):
        at = step(browser, told, at)
    return at


def step(browser: Browser, told: Told, at: str) -> str:
    """Gets the page at `at` and sends it filled in. The address it leads to; a page that leads on by itself (a report
    already sent) is followed."""
    page = browser.get(at)
    if page.status == 302:
        return page.location
    if page.status != 200:
        raise Stuck(f"GET {_kind(at)}: {page.status}")
    answer = browser.post(at, *_answers(at, told, page.text))
    if answer.status != 302 or answer.location.startswith("/log_in"):
        raise Stuck(f"POST {_kind(at)}: {answer.status} {answer.location}")
    return answer.location


def is_receipt(at: str) -> bool:
    return at.endswith("/receipt/")


def is_sending(at: str) -> bool:
    return at.endswith("/send/")


def case_of(receipt: str) -> str:
    return receipt.split("/")[2]


def _kind(at: str) -> str:
    return re.sub(r"[0-9a-f-]{36}", "…", at)


def _answers(at: str, told: Told, page: str) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    if "/evidence/" in at:
        return {"go": "next", "platform": "facebook", "still_online": "yes"}, {"files": ("opslag.jpg", told.picture)}
    if "/kind/" in at:
        return {"go": "next", "author_known": "no"}, {}
    if "/you/" in at:
        return {"go": "next", "impact": "Jeg er rystet.", "manager_id": values_of(page, "manager_id")[0]}, {}
    if is_sending(at):
        return {}, {}
    return {"go": "next", "what": told.words, "danger_now": "no"}, {}


def a_photo(size: int, pixels: tuple[int, int] = (4000, 3000)) -> bytes:
    """A JPEG of about `size` bytes, and no fewer, with as many pixels as a phone's camera makes."""
    seed = random.Random(7)
    small = Image.frombytes("RGB", (pixels[0] // 16, pixels[1] // 16), seed.randbytes(pixels[0] * pixels[1] * 3 // 256))
    kept = io.BytesIO()
    small.resize(pixels, Image.Resampling.BICUBIC).save(kept, "JPEG", quality=80)
    return _with_comment(kept.getvalue(), max(0, size - kept.tell()))


def unlike(picture: bytes, words: str) -> bytes:
    """The same picture with other bytes: a vault keeps equal files once, which would make the measuring too kind."""
    return picture[:2] + _comment(words.encode()) + picture[2:]


def _with_comment(picture: bytes, missing: int) -> bytes:
    """Filled up with comments to the size wanted."""
    filling = random.Random(1).randbytes(missing)
    chunks = [filling[start : start + 60_000] for start in range(0, missing, 60_000)]
    return picture[:2] + b"".join(_comment(chunk) for chunk in chunks) + picture[2:]


def _comment(content: bytes) -> bytes:
    return b"\xff\xfe" + struct.pack(">H", len(content) + 2) + content
