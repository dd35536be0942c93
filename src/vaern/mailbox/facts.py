"""What is known of the mailbox and of a mail. Frozen, no framework."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Outcome = Literal["begun", "kept", "unknown", "loop", "too_large", "too_many", "refused", "gone"]
"""What became of a mail. "begun" is on its way in; "kept" is on a draft or a case; the others stayed in the mailbox."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where the mail comes in. `address` is what employees are told; `authserv` is the name under which the receiving
    server says whether it believes the sender, "" when its word is not asked for."""

    host: str
    port: int
    starttls: bool
    ca: str
    user: str
    password: str = field(repr=False)
    folder: str
    done: str
    left: str
    address: str
    authserv: str


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines of a mail: all that is read of one from a stranger."""

    sender: str
    """The one address it says it is from, in small letters; "" when it says none or several."""
    message_id: str
    subject: str
    believed: bool
    """The receiving server vouches for the sender's domain."""
    automatic: bool
    """A program sent it: an answer, a list, a report that something was not delivered."""


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Health:
    """How the mailbox has done lately. `why` is one word, never what the server said."""

    failures: int = 0
    failing_since: datetime | None = None
    why: str = ""
    next_try: datetime | None = None
    last_success: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """For the administrator: numbers of the last thirty days, and never whose mail or what it said."""

    health: Health
    counts: dict[str, int]
