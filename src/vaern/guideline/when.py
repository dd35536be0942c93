"""Anchors and offsets: from "two working days after it was discovered" to a moment.

Hours are hours: they run through nights, weekends and the two nights a year when the clock is moved. Days, weeks,
working days and months are read off a Danish wall calendar and keep the time of day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from vaern.core.workdays import DANISH_TIME, add_workdays
from vaern.guideline.pack import Contact, Offset


def shift(at: datetime, offset: Offset) -> datetime:
    """`at` (aware) moved by `offset`, in UTC. An empty offset moves nothing; a negative one goes back in time."""
    if offset.hours is not None:
        return at.astimezone(UTC) + timedelta(hours=offset.hours)
    days = offset.days if offset.weeks is None else 7 * offset.weeks
    return _on_the_calendar(at, offset.workdays, offset.months, days or 0)


@lru_cache(maxsize=4096)  # the duties of one case share few anchors and fewer offsets
def _on_the_calendar(at: datetime, workdays: int | None, months: int | None, days: int) -> datetime:
    wall = at.astimezone(DANISH_TIME).replace(tzinfo=None)
    if workdays is not None:
        moved = datetime.combine(add_workdays(wall.date(), workdays), wall.time())
    elif months is not None:
        moved = wall + relativedelta(months=months)
    else:
        moved = wall + timedelta(days=days)
    return at.astimezone(UTC) if moved == wall else from_wall(moved)


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
        if kind == "event":
            return self.events.get(name)
        return self.duties.get(name) if kind == "duty" else self._expiry(name)

    def earliest(self, anchors: Iterable[str]) -> tuple[datetime, str] | None:
        """The earliest known moment among `anchors`, and which one it is (by name when two are equal)."""
        return min([(moment, anchor) for anchor in anchors if (moment := self.of(anchor)) is not None], default=None)

    def _expiry(self, name: str) -> datetime | None:
        contact = self.contacts.get(name)
        return midnight(contact.expires) if contact and isinstance(contact.expires, date) else None
