"""What the rules of letters read and answer with. Frozen; no database, no framework."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

State = Literal["draft", "approved", "sent", "confirmed"]
Way = Literal["print", "email", "digital_post"]
Confirmation = Literal["delivered", "returned", "answered"]


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody writes in a letter, as a whole. `answer_by`: the day the recipient is asked to answer by."""

    recipient: str = ""
    address: str = ""
    email: str = ""
    subject: str = ""
    text: str = ""
    grounds: str = ""
    answer_by: date | None = None
    enclosures: tuple[str, ...] = ()
    """Ids of the evidence that goes along."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it stands. `version` counts the texts; `approved_version` is the one that was approved."""

    id: UUID
    case_id: UUID
    number: int
    template: str
    duty: str
    to: str
    second_person: bool
    language: str
    state: State
    version: int
    written: Written
    written_by: int
    written_at: datetime
    approved_by: int | None = None
    approved_at: datetime | None = None
    approved_version: int | None = None
    accepted: tuple[str, ...] = ()
    accepted_reason: str = ""
    sent_by: int | None = None
    sent_at: datetime | None = None
    sent_how: str = ""
    sent_note: str = ""
    mail_problem: str = ""
    confirmed_as: str = ""
    confirmed_at: datetime | None = None
    confirmed_note: str = ""


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved letter as a file: the day it was sent, or approved when it is not sent yet."""

    number: int
    subject: str
    day: date
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A piece of evidence as it goes out with a letter."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Post:
    """What a message of Digital Post is made of. `number`: the recipient's CPR (10 digits) or CVR (8 digits)."""

    id: UUID
    label: str
    language: str
    sender: str
    sender_cvr: str
    number: str
    pdf: bytes
    answer_by: date | None
    at: datetime
    enclosures: tuple[Enclosed, ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A letter that was sent and whose day for an answer has passed without one."""

    letter_id: UUID
    case_id: UUID
    answer_by: date


@dataclass(frozen=True, slots=True)
class Version:
    """The exact bytes made of one text of a letter; empty digests until a worker has made them."""

    number: int
    pdf_sha256: str = ""
    docx_sha256: str = ""
    problem: str = ""

    @property
    def made(self) -> bool:
        return bool(self.pdf_sha256 and self.docx_sha256)


@dataclass(frozen=True, slots=True)
class Known:
    """What must not leave by accident, and what may. Names are as people write them: "Anna Holm Berg"."""

    names: tuple[str, ...] = ()
    """People of the case who must not be named in this letter."""
    affected: str = ""
    """The affected employee, when this letter must not name her; else ""."""
    case: str = ""
    """The letter's own case: "2026-0007". Any other number of that form that exists is another case."""
    other_cases: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    """Telephone numbers that may stand there: eight digits each."""
    emails: frozenset[str] = frozenset()
    """Addresses that may stand there, and whole domains ("@vaern.example")."""
    addresses: frozenset[str] = frozenset()
    """Street addresses that may stand there, such as the work address."""
    masked: tuple[str, ...] = ()
    """Words somebody covered in the evidence."""
    unread: tuple[str, ...] = ()
    """Names of evidence with covered words that cannot be read now, so that nobody knows whether they stand there."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found: `kind` is a key of `leaks.WHY`, `line` counts from 1 (0: the subject)."""

    kind: str
    found: str
    line: int
    where: str = "text"
    mark: str = field(default="", compare=False)
    """Fingerprint by which an accepted finding is known again; it does not give the words away."""
