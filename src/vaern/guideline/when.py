"""Anchors and offsets: from "two working days after it was discovered" to a moment.

Hours are hours: they run through nights, weekends and the two nights a year when the clock is moved. Days, weeks,
working days and months are read off a Danish wall calendar and keep the time of day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

from vaern.core.workdays import DANISH_TIME, add_workdays
from vaern.guideline.pack import Contact, Offset


def shift(at: datetime, offset: Offset) -> datetime:
    """`at` (aware) moved by `offset`, in UTC. An empty offset moves nothing; a negative one goes back in time."""
    if offset.hours is not None:
        return at.astimezone(UTC) + timedelta(hours=offset.hours)
    wall = at.astimezone(DANISH_TIME).replace(tzinfo=None)
    moved = _on_the_calendar(wall, offset)
    return at.astimezone(UTC) if moved == wall else from_wall(moved)


def _on_the_calendar(wall: datetime, offset: Offset) -> datetime:
    if offset.workdays is not None:
        return datetime.combine(add_workdays(wall.date(), offset.workdays), wall.time())
    days = (offset.days or 0) + 7 * (offset.weeks or 0)
    moved: datetime = wall + relativedelta(months=offset.months or 0, days=days)
    return moved


def from_wall(wall: datetime) -> datetime:
    """Danish wall time as UTC. A time the clock skips in March lands an hour later; of the two times in October
    the first is meant (a deadline is rather early than late)."""
    return wall.replace(tzinfo=DANISH_TIME, fold=0).astimezone(UTC)


def midnight(day: date) -> datetime:
    """The start of `day` in Denmark, as UTC: what a date without a time of day means."""
    return from_wall(datetime.combine(day, time()))


@dataclass(frozen=True, slots=True)
class Times:
    """Every moment an anchor may point at. `duties` are the times duties were settled, whatever the outcome."""

    events: Mapping[str, datetime]
    duties: Mapping[str, datetime]
    contacts: Mapping[str, Contact]

    def of(self, anchor: str) -> datetime | None:
        """The moment of an anchor such as "event:discovered"; None while it is not known."""
        kind, _, name = anchor.partition(":")
        if kind == "contact":
            return self._expiry(name)
        return (self.events if kind == "event" else self.duties).get(name)

    def earliest(self, anchors: Iterable[str]) -> tuple[datetime, str] | None:
        """The earliest known moment among `anchors`, and which one it is (by name when two are equal)."""
        known = ((moment, anchor) for anchor in anchors if (moment := self.of(anchor)) is not None)
        return min(known, default=None)

    def _expiry(self, name: str) -> datetime | None:
        contact = self.contacts.get(name)
        return midnight(contact.expires) if contact and isinstance(contact.expires, date) else None
