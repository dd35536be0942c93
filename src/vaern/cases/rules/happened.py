"""When something that is written down afterwards happened: the Danish day and time somebody typed, as a moment."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from vaern.cases.rules.checks import UNLIKELY, is_likely
from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.core.workdays import DANISH_TIME


def happened_at(on_date: date | None, at_time: str, now: datetime) -> datetime | None:
    """No day: now. A day alone: noon, but on the day itself no later than now. None when the time cannot be read."""
    if on_date is None:
        return now
    try:
        clock = time.fromisoformat(at_time) if at_time else time(12)
    except ValueError:
        return None
    moment = datetime.combine(on_date, clock, DANISH_TIME)
    return min(moment, now) if not at_time and on_date == now.astimezone(DANISH_TIME).date() else moment


def check_happened(at: datetime | None, now: datetime) -> list[Refusal]:
    """What is wrong with it, beside the fields `on_date` and `at_time`. Clocks may differ by five minutes."""
    if at is None:
        return [Refusal("bad_time", _("Skriv tiden som 14:30."), field="at_time")]
    if at > now + timedelta(minutes=5):
        message = _("Datoen ligger ude i fremtiden. Skriv, hvornår det skete.")
        return [Refusal("in_the_future", message, field="on_date")]
    return [] if is_likely(at) else [Refusal("unlikely_date", UNLIKELY, field="on_date")]
