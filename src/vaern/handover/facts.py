"""What the rules of handovers read and answer with. Frozen; no database, no framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

State = Literal["draft", "halfway", "sending", "sent", "received"]
Kind = Literal["line", "text", "day", "choice"]
WAYS = ("https", "sftp", "drop", "mail")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the other system, in its own words. `source` names what the case knows of it (`service.known`); what
    nobody knows is asked for, and never made up."""

    id: str
    label: str
    kind: Kind = "line"
    source: str = ""
    required: bool = False
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    follow_up: str = ""
    """Of a day: what is asked when it has come, once the other system has the sheet."""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """An outside system, as data. `registers` and `acts` are the names by which the packs' duties point to it;
    `halfway` is what a state of the other system is called that is not done; `receipt` is what proves receipt."""

    id: str
    title: str
    takes: str
    receipt: str
    sections: tuple[Section, ...]
    registers: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    halfway: str = ""
    note: str = ""
    ways: tuple[str, ...] = WAYS
    package: bool = False
    """Whether it takes documents too: what leaves is a ZIP of PDF/A files with metadata, and not the sheet alone."""

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(one for section in self.sections for one in section.fields)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question about a handover that falls due on a day, and its answer when there is one."""

    case_id: UUID
    handover_id: UUID
    field: str
    due: date
    answer: str = ""
    answered_by: int | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the sheet with what stands in it; `given` says that somebody wrote it, and not the case."""

    field: Field
    value: str
    given: bool

    @property
    def missing(self) -> bool:
        return self.field.required and not self.value.strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The other system's own fields in its own order."""

    channel: Channel
    groups: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for _, lines in self.groups for line in lines)

    @property
    def missing(self) -> tuple[Field, ...]:
        return tuple(line.field for line in self.lines if line.missing)


@dataclass(frozen=True, slots=True)
class Handover:
    """One handover as it stands. `key` goes along each time it is sent, so that twice is once."""

    id: UUID
    case_id: UUID
    number: int
    channel: str
    duty: str
    state: State
    version: int
    answers: Mapping[str, str]
    written_by: int
    written_at: datetime
    way: str = ""
    problem: str = ""
    sent_at: datetime | None = None
    sent_by: int | None = None
    sha256: str = ""
    accepted: tuple[str, ...] = ()
    accepted_reason: str = ""
    reference: str = ""
    received_on: date | None = None
    received_by: int | None = None
