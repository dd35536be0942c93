"""What the rules and the screens see of a bundle. Frozen, no framework."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

State = Literal["asked", "making", "ready", "failed"]


@dataclass(frozen=True, slots=True)
class Bundle:
    """One handing out: what, for what, to whom, and how far it has come. `sha256` is of the ZIP, "" until it is ready;
    `problem` is a code of `rules.PROBLEMS` when it failed."""

    id: UUID
    case_id: UUID
    number: int
    state: State
    purpose: str
    recipient: str
    items: tuple[UUID, ...]
    originals: tuple[UUID, ...]
    why_originals: str
    asked_by: int
    asked_at: datetime
    started_at: datetime | None
    made_at: datetime | None
    sha256: str
    size: int
    problem: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to hand out. `originals`: items to go out as they are although they have a masked copy."""

    items: tuple[UUID, ...]
    originals: tuple[UUID, ...]
    purpose: str
    recipient: str
    why_originals: str = ""


@dataclass(frozen=True, slots=True)
class Included:
    """A file that goes into a bundle, and what is known about it. `chunks` reads it anew at each call.

    `said` is what somebody typed and `found` what the file itself says; the two are never mixed.
    """

    id: UUID
    number: int
    name: str
    kind: str
    mime: str
    extension: str
    size: int
    sha256: str
    note: str
    added_at: datetime
    chunks: Callable[[], Iterator[bytes]]
    made_by: str = ""
    made_of: int | None = None
    """The number of the item it was made of, when it was."""
    said: dict[str, object] = field(default_factory=dict)
    found: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp about an item, or about number `seq` of the journal's chain. `response` is DER, `roots` PEM."""

    authority: str
    gen_time: datetime
    response: bytes
    roots: str
    item: UUID | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What stands on the first page: whose case, for whom, why, and who made it."""

    bundle: UUID
    number: int
    case: str
    organisation: str
    chain: str
    purpose: str
    recipient: str
    asked_by: str
    asked_at: datetime
    why_originals: str = ""
