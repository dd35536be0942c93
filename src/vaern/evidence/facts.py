"""What the rules and the screens see of evidence. Frozen, no framework."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of file that is taken in. `extension` is the one a download gets, `others` are names that also fit."""

    id: str
    mime: str
    extension: str
    picture: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of one file, pixels of one picture, and files on one report."""

    file_max: int
    pixels_max: int
    files_max: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What a file turned out to be. The last four are known for pictures only; `blurred` is a JPEG of at most 2 kB."""

    kind: Kind
    width: int | None = None
    height: int | None = None
    blurred: bytes | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What we made ourselves and put beside what was handed in: by which act, with what, and from which item.

    `how` is plain JSON. `kind` is said only for a kind that nobody may hand in (`rules.MADE_ONLY`), by whoever made it.
    """

    by: str
    how: dict[str, Any]
    derived_from: UUID | None = None
    kind: str = ""


class Upload(Protocol):
    """A file as the web framework hands it over: seekable, already on disk when it is large."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    def read(self, size: int = -1, /) -> bytes: ...
    def seek(self, offset: int, whence: int = 0, /) -> int: ...
    def tell(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence. `number` counts from 1 within a case and is None on a draft.

    `derived_from`, `made_by` and `how` say from what and by what a copy was made; a copy by "mask" that was set aside
    no longer stands for its original.
    """

    id: UUID
    organisation_id: int
    case_id: UUID | None
    draft_id: UUID | None
    number: int | None
    name: str
    kind: Kind
    size: int
    sha256: str
    note: str
    added_by: int
    added_at: datetime
    taken_at: datetime | None
    width: int | None
    height: int | None
    blurred: bytes | None
    derived_from: UUID | None = None
    made_by: str = ""
    how: dict[str, Any] = field(default_factory=dict)
    set_aside_at: datetime | None = None
    set_aside_reason: str = ""
    object: str = ""
    key_id: UUID | None = None
    look: str = ""
    """Compared by `derive.plan.alike`; "" until the background has looked, and where items are not read as a case."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the upright picture that is covered, in hundredths of a percent of its width and height."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Download:
    """Bytes to send as an attachment, `size` of them. The last chunk comes only when the digest was right."""

    chunks: Iterator[bytes]
    size: int
    mime: str
    filename: str


@dataclass(frozen=True, slots=True)
class Orphan:
    """Something in the vault or the folder of keys that no item stands behind; `place` is relative to that."""

    place: str
    size: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says of itself, "" or empty where it says nothing. Read, never typed, and nothing of it is proved:
    whoever had the file could have changed it before it was handed in.

    Times are ISO, with the zone the file names; without one it is a clock on some wall ("2026-11-20T21:14:05").
    """

    taken_at: str = ""
    device: str = ""
    program: str = ""
    place: str = ""
    """Latitude and longitude in degrees, "57.04880, 9.92170". Shown only to those who may have the original."""
    sender: str = ""
    recipient: str = ""
    subject: str = ""
    sent_at: str = ""
    message_id: str = ""
    received: tuple[str, ...] = ()
    """The servers a mail passed, the last first, as each wrote it."""
    dkim: tuple[str, ...] = ()
    """Domains that signed, by the signatures' own word; none of them is verified here."""
    url: str = ""
    saved_at: str = ""
    title: str = ""
    author: str = ""
    created_at: str = ""
    changed_at: str = ""


CONTEXTS = ("post", "comment", "profile", "group", "story", "message", "call")


@dataclass(frozen=True, slots=True)
class Said:
    """What a person told of an item, as it was typed; "" and "unknown" mean: not known. The fields follow the Berkeley
    Protocol (annex on collection forms) and ISO/IEC 27037, 7.1: who, with what, when, where from, in which context."""

    url: str = ""
    context: str = "unknown"
    posted_on: str = ""
    posted_at: str = ""
    taken_by: str = ""
    taken_with: str = ""
    taken_on: str = ""
    taken_at: str = ""
    thread: str = ""
    group: str = ""
    group_closed: str = "unknown"
    shares: str = ""
    reactions: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Something a person and a file tell differently. `said` and `found` as they stand; neither is chosen."""

    about: str
    said: str
    found: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known about one item: the halves kept apart. `version` 0 means that nobody has told and nothing was read.
    `by` is None for what was read when the file was taken in."""

    said: Said
    found: Found
    version: int
    by: int | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: a code of `rules.FINDINGS`, where, and the item's id ("" for none)."""

    code: str
    place: str
    item: str

    def said(self) -> list[str]:
        return [self.code, self.place, self.item]


@dataclass(frozen=True, slots=True)
class Check:
    """One reading of everything stored: how far it got, and what it found."""

    started_at: datetime
    finished_at: datetime | None
    deep: bool
    total: int
    items: int
    bytes: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """A decision that a case's evidence is kept until further notice."""

    reason: str
    set_by: int
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Rendition:
    """A thumbnail, a still or a text made of an item. `state` is waiting, making, made, none or failed; `reason` a
    Danish sentence when it is not made; `look` is compared by `derive.plan.alike`."""

    kind: str
    state: str
    reason: str
    made_by: str
    at: datetime
    look: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What the malware scanner said. `state` is clean, found or failed; no Scan at all: not scanned."""

    state: str
    found: str
    engine: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Passage:
    """A found word with a little of what stands around it."""

    before: str
    word: str
    after: str


@dataclass(frozen=True, slots=True)
class Hit:
    item: Item
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """`unread` are the numbers of items whose text is not there (yet); their names and notes were searched."""

    hits: tuple[Hit, ...]
    unread: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """An item that leaves, as it is read: `chunks` from the beginning at each call, `picture` a small JPEG or None."""

    chunks: Callable[[], Iterator[bytes]]
    picture: Callable[[], bytes | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """Something made of a case's evidence and sealed beside it."""

    id: UUID
    sha256: str
    size: int
