"""What the rules of a referral read and answer with. Frozen; no database, no framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Standing = Literal["open", "expired", "revoked", "locked"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody types to let an outsider read. `days` counts from now."""

    recipient: str
    purpose: str
    scope: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral as it stands. `tries` counts wrong codes in a row; `opened` how often it was read."""

    id: UUID
    case_id: UUID
    number: int
    recipient: str
    purpose: str
    scope: tuple[str, ...]
    made_by: int
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    tries: int
    opened: int
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """What the outsider reads: a heading and its lines, each a label and a text."""

    heading: str
    lines: tuple[tuple[str, str], ...]
