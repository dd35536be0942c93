"""Danish working days.

Public holidays come from the `holidays` library, kept by others. Three days are added that no statute calls
holidays but on which a municipality is shut: Constitution Day, Christmas Eve and New Year's Eve. 1 May is left a
working day: some agreements give it off, many do not, and a deadline should rather be early than late.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_SHUT = frozenset({(6, 5), (12, 24), (12, 31)})
_SATURDAY = 5


@lru_cache(maxsize=64)
def closed_days(year: int) -> frozenset[date]:
    """The days of `year` that are no working day though they may fall on a weekday."""
    optional = (
        day for day in country_holidays("DK", years=year, categories=("optional",)) if (day.month, day.day) in _SHUT
    )
    return frozenset(day for day in (*country_holidays("DK", years=year), *optional) if day.year == year)


def is_workday(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in closed_days(day.year)


def add_workdays(day: date, count: int) -> date:
    """The working day `count` working days after `day` (before it, when negative). The day itself never counts,
    so one working day after a Saturday is Monday; 0 gives `day` back, working day or not."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_workday(day)
    return day


def out_of_hours(moment: datetime) -> bool:
    """Whether a municipality's office is shut at this aware moment: weekends, closed days, before 8 and from 16."""
    local = moment.astimezone(DANISH_TIME)
    return not is_workday(local.date()) or not 8 <= local.hour < 16
