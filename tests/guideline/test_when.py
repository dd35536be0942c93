"""Offsets on the Danish clock and calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from vaern.core.workdays import DANISH_TIME, add_workdays, is_workday
from vaern.guideline.pack import Contact, Offset
from vaern.guideline.when import Times, from_wall, midnight, shift


def dk(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DANISH_TIME)


@pytest.mark.parametrize(
    ("start", "offset", "end"),
    [
        ("2026-02-06T15:00", {"hours": 72}, "2026-02-09T15:00"),  # Friday: straight through the weekend
        ("2026-03-28T12:00", {"hours": 24}, "2026-03-29T13:00"),  # the night that is an hour short
        ("2026-03-28T12:00", {"days": 1}, "2026-03-29T12:00"),
        ("2026-10-24T12:00", {"hours": 24}, "2026-10-25T11:00"),  # the night that is an hour long
        ("2026-10-24T12:00", {"days": 1}, "2026-10-25T12:00"),
        ("2026-03-28T02:30", {"days": 1}, "2026-03-29T03:30"),  # 02:30 does not exist that night
        ("2026-02-22T02:30", {"weeks": 5}, "2026-03-29T03:30"),
        ("2026-01-31T10:00", {"months": 1}, "2026-02-28T10:00"),
        ("2028-01-31T10:00", {"months": 1}, "2028-02-29T10:00"),
        ("2026-10-31T10:00", {"months": 4}, "2027-02-28T10:00"),
        ("2026-08-31T23:59", {"months": 1}, "2026-09-30T23:59"),
        ("2026-02-06T15:00", {"workdays": 1}, "2026-02-09T15:00"),  # Friday -> Monday
        ("2026-02-07T15:00", {"workdays": 1}, "2026-02-09T15:00"),  # Saturday -> Monday
        ("2026-04-01T09:00", {"workdays": 1}, "2026-04-07T09:00"),  # over the whole of Easter
        ("2026-12-23T09:00", {"workdays": 3}, "2026-12-30T09:00"),
        ("2026-12-23T09:00", {"workdays": 4}, "2027-01-04T09:00"),
        ("2026-06-04T09:00", {"workdays": 1}, "2026-06-08T09:00"),  # Constitution Day on a Friday
        ("2026-02-09T15:00", {"workdays": -1}, "2026-02-06T15:00"),
        ("2026-02-09T15:00", {"days": -7}, "2026-02-02T15:00"),
        ("2026-02-07T15:00", {"workdays": 0}, "2026-02-07T15:00"),
        ("2026-02-07T15:00", {}, "2026-02-07T15:00"),
    ],
)
def test_offset(start: str, offset: dict[str, int], end: str) -> None:
    assert shift(dk(start).astimezone(UTC), Offset(**offset)) == dk(end).astimezone(UTC)


def test_of_the_two_times_in_october_the_first_is_meant() -> None:
    assert shift(dk("2026-10-24T02:30"), Offset(days=1)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_no_offset_keeps_the_second_of_the_two_times_in_october() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert shift(second, Offset(days=0)) == second


def test_the_answer_is_in_utc() -> None:
    assert shift(dk("2026-07-01T12:00"), Offset(hours=1)).tzinfo is UTC
    assert shift(dk("2026-07-01T12:00"), Offset(months=1)).tzinfo is UTC
    assert from_wall(datetime(2026, 7, 1, 12)) == datetime(2026, 7, 1, 10, tzinfo=UTC)  # noqa: DTZ001 - wall time


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2026-04-02", False),  # Maundy Thursday
        ("2026-04-06", False),  # Easter Monday
        ("2026-05-14", False),  # Ascension Day
        ("2026-06-05", False),  # Constitution Day
        ("2026-12-24", False),
        ("2026-12-31", False),
        ("2026-05-01", True),  # 1 May is no holiday
        ("2023-05-05", False),  # Great Prayer Day, the last time
        ("2024-04-26", True),  # and no more
        ("2026-02-07", False),  # a Saturday
        ("2026-02-09", True),
    ],
)
def test_workday(day: str, open_: bool) -> None:
    assert is_workday(date.fromisoformat(day)) is open_


@pytest.mark.parametrize("count", [1, 5, 20, 250])
def test_as_many_workdays_back_as_forth(count: int) -> None:
    monday = date(2026, 2, 9)
    assert add_workdays(add_workdays(monday, count), -count) == monday


def contact(expires: object) -> Contact:
    return Contact.model_validate({"id": "helpline", "name": "Krisehjælp", "expires": expires})


def test_anchors_point_at_events_duties_and_expiries() -> None:
    seen, settled = dk("2026-02-02T09:00"), dk("2026-02-03T09:00")
    times = Times({"discovered": seen}, {"talk": settled}, {"helpline": contact("2026-06-01")})
    assert times.of("event:discovered") == seen
    assert times.of("duty:talk") == settled
    assert times.of("contact:helpline") == midnight(date(2026, 6, 1)) == datetime(2026, 5, 31, 22, tzinfo=UTC)
    assert times.of("event:removed") is None
    assert times.earliest(("event:removed", "duty:talk", "event:discovered")) == (seen, "event:discovered")
    assert times.earliest(("event:removed",)) is None


def test_an_unknown_expiry_is_no_time() -> None:
    assert Times({}, {}, {"helpline": contact("unknown")}).of("contact:helpline") is None
    assert Times({}, {}, {}).of("contact:helpline") is None
