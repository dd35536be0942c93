"""What the rules and the screens see of a capture. Frozen, no framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

State = Literal["asked", "running", "done", "refused", "failed"]
Standing = Literal["up", "changed", "gone", "login_wall", "unknown"]
VIEWPORT = {"width": 1280, "height": 1000}
"""The window a page is opened in, in CSS pixels. Not beside the browser, whose library the server never loads."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one visit may cost. Seconds, bytes, answers, and the height of the picture in CSS pixels."""

    seconds: int = 75
    load_seconds: int = 20
    answer_seconds: int = 15
    bytes_all: int = 80 * 1024 * 1024
    bytes_one: int = 25 * 1024 * 1024
    answers: int = 800
    picture_height: int = 16_000
    file_max: int = 60 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question through the gate and its answer. `status` 0: there was none, and `refused` or `problem` says why.

    `truncated` is the word WARC has for it: "length", "time", "disconnect" or "".
    """

    url: str
    method: str
    at: datetime
    status: int = 0
    ip: str = ""
    mime: str = ""
    location: str = ""
    size: int = 0
    certificate: str = ""
    truncated: str = ""
    refused: str = ""
    problem: str = ""
    captcha: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What the browser says of the page it ended on. All of it comes from a stranger's page."""

    url: str = ""
    title: str = ""
    text: str = ""
    text_length: int = 0
    passwords: int = 0
    frames: tuple[str, ...] = ()
    height: int = 0
    width: int = 0
    loaded: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a visit ended. `reason` is a code of `rules.REASONS`; `remarks` are codes of `rules.REMARKS`."""

    state: State
    reason: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capture:
    """One request to capture a page, as it stands now. `items` are the pieces of evidence it gave."""

    id: UUID
    case_id: UUID
    address: str
    asked_by: int
    asked_at: datetime
    state: State
    reason: str
    remarks: tuple[str, ...]
    ended_at: datetime | None
    items: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen at a public address the last time: a digest of its readable words."""

    digest: str


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a public address. "unknown" means that nothing can be said; `reason` (a code of `REASONS`) says why.

    "changed" means that the readable words differ from those of `Seen`: a person should look, it is no judgement.
    """

    standing: Standing
    at: datetime
    reason: str = ""
    status: int = 0
    url: str = ""
    ip: str = ""
    seen: Seen | None = None
