"""Every clock the law sets, over twenty years of starts: the nights the clock is moved, month ends, leap days, and the
days an office is shut. What is expected is worked out here in another way than the program does it."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from dateutil.easter import easter
from hypothesis import example, given
from hypothesis import strategies as st

from tests.cases_kit import PACKS, guideline
from vaern.core.workdays import DANISH_TIME, is_workday
from vaern.guideline.facts import CaseFacts, Done, State
from vaern.guideline.load import load
from vaern.guideline.pack import Offset
from vaern.guideline.plan import plan
from vaern.guideline.when import shift

FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 12, 31, tzinfo=UTC)
STARTS = st.integers(0, int((LAST - FIRST).total_seconds() // 60)).map(
    lambda minutes: FIRST + timedelta(minutes=minutes)
)


def _offsets(pack: Path) -> dict[str, Offset]:
    """Every deadline of the pack that is counted, by the duty or clock it stands on."""
    found = load(pack)
    deadlines = [(one.id, one.deadline) for one in (*found.duties, *found.clocks) if one.deadline is not None]
    return {name: deadline.offset for name, deadline in deadlines if deadline.offset is not None}


NATIONAL = _offsets(PACKS / "national")
CLOCKS = {f"{pack}/{name}": one for pack in ("national", "example") for name, one in _offsets(PACKS / pack).items()}


def closed(day: date) -> bool:
    """By the calendar as it is printed: Easter and what follows from it, and the fixed days. The great prayer day was
    the fourth Friday after Easter, for the last time in 2023 (lov nr. 214 af 2023)."""
    sunday = easter(day.year)
    movable = {sunday + timedelta(days=days) for days in (-3, -2, 0, 1, 39, 49, 50)}
    if day.year <= 2023:
        movable.add(sunday + timedelta(days=26))
    fixed = {(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)}
    return day.weekday() >= 5 or day in movable or (day.month, day.day) in fixed


def expected_wall(wall: datetime, offset: Offset) -> datetime:
    """On the wall calendar: the same time of day, so many days or months on; the last of a month that is too short."""
    if offset.months:
        month = wall.month - 1 + offset.months
        year, month = wall.year + month // 12, month % 12 + 1
        return wall.replace(year=year, month=month, day=min(wall.day, monthrange(year, month)[1]))
    if offset.workdays:
        day, left = wall.date(), offset.workdays
        while left:
            day += timedelta(days=1)
            left -= not closed(day)
        return datetime.combine(day, wall.time())
    return wall + timedelta(days=(offset.days or 0) + 7 * (offset.weeks or 0))


def test_the_clocks_of_the_law_are_the_ones_of_the_fact_sheet() -> None:
    plain = {name: one.model_dump(exclude_none=True) for name, one in NATIONAL.items()}
    assert plain == {
        "national_police_72_hours": {"hours": 72},
        "national_police_decision_72_hours": {"hours": 72},
        "national_follow_up_police": {"months": 3},
        "national_report_work_accident": {"days": 14},
        "national_consider_own_case": {"months": 6},
    }


def test_every_clock_of_the_law_says_where_it_is_from_and_what_is_possible_when_it_is_missed() -> None:
    found = load(PACKS / "national")
    law = [
        one.deadline for one in (*found.duties, *found.clocks) if one.deadline is not None and one.deadline.reference
    ]
    assert len(law) >= 5
    for deadline in law:
        assert deadline.certainty in {"V", "V2"}
        assert isinstance(deadline.checked_on, date)
        assert deadline.missed


@pytest.mark.parametrize("clock", sorted(CLOCKS))
@given(start=STARTS)
@example(datetime(2024, 2, 29, 12, tzinfo=UTC))
@example(datetime(2026, 3, 28, 1, 30, tzinfo=UTC))
@example(datetime(2026, 10, 24, 0, 30, tzinfo=UTC))
@example(datetime(2031, 8, 31, 21, 59, tzinfo=UTC))
def test_each_clock_ends_when_the_calendar_says(clock: str, start: datetime) -> None:
    offset, end = CLOCKS[clock], shift(start, CLOCKS[clock])
    assert end.tzinfo is UTC
    if offset.hours is not None:
        assert end - start == timedelta(hours=offset.hours), "hours run through nights, weekends and moved clocks"
        return
    wall = start.astimezone(DANISH_TIME).replace(tzinfo=None)
    wanted, got = expected_wall(wall, offset), end.astimezone(DANISH_TIME).replace(tzinfo=None)
    skipped = wanted.replace(tzinfo=DANISH_TIME).astimezone(UTC).astimezone(DANISH_TIME).replace(tzinfo=None)
    assert got == (wanted if skipped == wanted else wanted + timedelta(hours=1)), (
        "a time that is skipped is an hour later"
    )


@given(start=STARTS, minutes=st.integers(0, 60 * 24 * 40), clock=st.sampled_from(sorted(CLOCKS)))
def test_who_starts_later_is_not_due_earlier(start: datetime, minutes: int, clock: str) -> None:
    later = start + timedelta(minutes=minutes)
    if CLOCKS[clock].hours is not None:
        assert shift(later, CLOCKS[clock]) - shift(start, CLOCKS[clock]) == later - start
        return
    # Days are counted as days: Friday at three and Saturday at one both lead to Monday, and the 29th to the 31st of
    # January to the end of February, each at its own time of day.
    ends = [shift(at, CLOCKS[clock]).astimezone(DANISH_TIME).date() for at in (start, later)]
    assert ends[0] <= ends[1]


def test_the_days_an_office_is_shut_are_those_of_the_printed_calendar() -> None:
    day, wrong = date(2020, 1, 1), []
    while day <= date(2040, 12, 31):
        if is_workday(day) == closed(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []
    assert not is_workday(date(2023, 5, 5)), "the last great prayer day"
    assert is_workday(date(2024, 4, 26)), "the first that was none"


# --- a clock that has run out --------------------------------------------------------------------------------


def rows(now: datetime, done: tuple[Done, ...] = (), **events: datetime) -> dict[str, Any]:
    composed = guideline("albertslund")
    case = CaseFacts(facts={"absence": ("yes",), "injury": ("yes",)}, events=events, consents={}, done=done)
    return {row.id: row for row in plan(composed, case, now)}


@given(late=st.integers(-72 * 60, 60 * 24 * 400), start=STARTS.filter(lambda at: at < LAST - timedelta(days=500)))
def test_a_missed_clock_is_shown_as_missed_and_stops_nothing(late: int, start: datetime) -> None:
    now = start + timedelta(hours=72, minutes=late)
    row = rows(now, posted=start, discovered=start, reported=start)["police_report"]
    (clock,) = [one for one in row.deadlines if one.reference.startswith("Offererstatningsloven")]
    assert clock.at == start + timedelta(hours=72)
    assert (clock.at < now) == (late > 0)
    assert "Der kan stadig anmeldes" in clock.missed
    assert row.state is State.OWED, "the report can be made on the last day and a year later"


def test_the_earliest_known_moment_counts_and_unknown_is_never_no_deadline() -> None:
    now = datetime(2026, 11, 17, 9, tzinfo=UTC)
    posted, discovered = now - timedelta(days=2), now - timedelta(days=1)
    for known, first in (
        ({"posted": posted, "discovered": discovered, "reported": now}, posted),
        ({"discovered": discovered, "reported": now}, discovered),
        ({"reported": now}, now),
    ):
        row = rows(now, **known)["police_report"]
        assert first + timedelta(hours=72) in {one.at for one in row.deadlines}


def test_the_accident_clock_waits_for_the_first_day_of_absence() -> None:
    now = datetime(2026, 11, 17, 9, tzinfo=UTC)
    before = rows(now, posted=now, discovered=now, reported=now)["national_report_work_accident"]
    assert all(one.at is None for one in before.deadlines)
    absent = datetime.combine(date(2026, 11, 18), time(), DANISH_TIME).astimezone(UTC)
    after = rows(now, reported=now, first_absence_day=absent)["national_report_work_accident"]
    assert absent + timedelta(days=14) in {one.at for one in after.deadlines}
