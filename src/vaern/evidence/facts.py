"""What the rules and the screens see of evidence. Frozen, no framework."""

from __future__ import annotations

from collections.abc import Iterator
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
    """A file in the vault that no item stands behind; `place` is relative to the vault."""

    place: str
    size: int
    since: datetime
