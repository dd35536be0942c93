"""Who is told what, and when. Frozen, no framework, and never a word of what a case is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Pace = Literal["at_once", "soon", "daily"]
"""`at_once` at any hour; `soon` in sane hours; `daily` together with the rest, once a day."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A notice that somebody is owed. `key` makes it once: the same key for the same person is the same notice."""

    user_id: int
    kind: str
    key: str
    pace: Pace
    case_id: UUID | None = None
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in a person's list."""

    id: int
    kind: str
    at: datetime
    case_id: UUID | None
    label: str
    duty: str
    leads: Literal["own", "case", "status", "duty"]
    """The page it is read on, as the reader's part in the case allows."""
    seen: bool


@dataclass(frozen=True, slots=True)
class Post:
    """How the mail out is doing. `oldest` is when the oldest unsent mail was made; `problem` the kind of its fault."""

    waiting: int
    oldest: datetime | None
    sent_at: datetime | None
    problem: str
