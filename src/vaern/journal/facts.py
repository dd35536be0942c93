"""What the rules and the readers of the journal see of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Payload:
    """What an entry says beyond its act, and the acting person's name as it was. Only this part can be erased.

    The salt makes the digest that stays behind useless for guessing what was erased: names and short texts are few.
    """

    salt: str
    actor_name: str
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One act, as recorded. `seq` counts from 1 without a gap inside a chain; `payload` is None when erased."""

    chain: str
    seq: int
    at: datetime
    act: str
    actor_id: int | None
    subject: str
    payload_digest: str
    prev: str
    hash: str
    payload: Payload | None

    @property
    def actor_name(self) -> str:
        return self.payload.actor_name if self.payload else ""

    @property
    def data(self) -> dict[str, object]:
        return self.payload.data if self.payload else {}


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain at one moment. Whoever keeps it elsewhere can prove later that nothing before it changed."""

    chain: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold: the number of the entry, and a code from `rules.BREAKS`."""

    chain: str
    seq: int
    code: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of verifying one chain. `head` is the hash to compare with one kept elsewhere."""

    chain: str
    entries: int
    erased: int
    head: str
    breaks: tuple[Break, ...]
