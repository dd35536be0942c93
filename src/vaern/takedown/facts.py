"""What the rules of a watch read and answer with. Frozen; no database, no framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Standing = Literal["up", "changed", "gone", "unknown"]
Step = Literal["author", "platform", "group_owner", "host"]
Ended = Literal["", "gone", "time", "person"]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the post. `by` is None for the server's; `reason` is a code of `capture.rules.REASONS`, or ""."""

    at: datetime
    standing: Standing
    by: int | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody types to begin a watch: where the post is, and who was asked to remove it, when."""

    address: str
    step: str
    asked_at: datetime
    by_server: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch as it stands, its looks in the order of time. `gone_at`: the first look of the run that ended it."""

    id: UUID
    case_id: UUID
    number: int
    platform: str
    address: str
    step: str
    asked_at: datetime
    by_server: bool
    started_by: int
    started_at: datetime
    next_at: datetime | None
    ended: Ended
    ended_at: datetime | None
    ended_note: str
    gone_at: datetime | None
    looks: tuple[Look, ...] = ()
