"""What the rules and the screens see of time stamps. Frozen, no framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamp authority (RFC 3161) the installation has chosen. `roots` is PEM: the root it is trusted by, and any
    certificate between; `policy` is an object identifier, or "" for the authority's own choice."""

    name: str
    url: str
    roots: str
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response that was checked in full: the bytes as they came, and when the authority says it was."""

    response: bytes
    gen_time: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be stamped: an item of evidence, or the end of a journal chain. `digest`: 64 hexadecimal digits."""

    organisation_id: int | None
    digest: str
    item_id: UUID | None = None
    chain: str = ""
    seq: int | None = None

    @property
    def what(self) -> str:
        return f"item:{self.item_id}" if self.item_id else f"journal:{self.chain}:{self.seq}"


@dataclass(frozen=True, slots=True)
class Health:
    """How an authority has done lately. `why` is a code of `rules.WHY`; before `next_try` it is left alone."""

    authority: str
    failures: int = 0
    failing_since: datetime | None = None
    why: str = ""
    next_try: datetime | None = None
    last_success: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A kept stamp. `response` is the authority's whole answer in DER, `roots` the PEM it was checked against:
    with both, `openssl ts -verify` needs nothing else."""

    due: Due
    authority: str
    gen_time: datetime
    made_at: datetime
    response: bytes
    response_sha256: str
    roots: str
    roots_sha256: str


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a page says of a stamp that is there."""

    authority: str
    gen_time: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stamp that is not there yet; `why` is a code of `rules.WHY`, or "" when nothing has gone wrong."""

    authority: str
    since: datetime
    why: str
    late: bool


@dataclass(frozen=True, slots=True)
class State:
    """What can honestly be said about the stamps of one item."""

    stamped: tuple[Stamped, ...] = ()
    waiting: tuple[Waiting, ...] = ()

    @property
    def word(self) -> str:
        """ "none" (no authority is set up, and none ever stamped it), "stamped" (by all), "late", or "waiting"."""
        if self.waiting:
            return "late" if any(one.late for one in self.waiting) else "waiting"
        return "stamped" if self.stamped else "none"


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """One authority on the administrator's page."""

    name: str
    url: str
    health: Health
    stamps: int
    waiting: int
    alarm: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """A kept stamp that does not hold, and a code of `rules.WRONG`."""

    what: str
    authority: str
    code: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of verifying the kept stamps."""

    stamps: int
    wrong: tuple[Wrong, ...]
