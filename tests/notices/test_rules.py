"""Who is told, when a deadline is said, and at which hour."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaern.cases.facts import AgreedTalk, Crew, Danger, Deadline, Quiet
from vaern.core.workdays import DANISH_TIME, is_workday
from vaern.journal.facts import Entry, Payload
from vaern.journal.rules import ACTS
from vaern.notices import rules
from vaern.notices.facts import Owed, Pace

CASE = UUID("00000000-0000-4000-8000-000000000001")
ANNA, MADS, LONE, OLAV = 1, 2, 3, 4
CREW = Crew(frozenset({ANNA}), frozenset({MADS}), frozenset({LONE}), frozenset({OLAV}))
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)


def entry(act: str, by: int | None, *, subject: str = f"case:{CASE}", **data: object) -> Entry:
    payload = Payload("", "", data)
    return Entry("org:1", 7, NOW, act, by, subject, "", "", "", payload)


def told(act: str, by: int | None, crew: Crew = CREW, **data: object) -> set[tuple[int, str, str]]:
    return {(one.user_id, one.kind, one.pace) for one in rules.told(entry(act, by, **data), crew)}


@pytest.mark.parametrize(
    ("act", "by", "data", "expected"),
    [
        ("send_report", ANNA, {}, {(MADS, "new_case", "at_once")}),
        ("write_message", ANNA, {}, {(MADS, "message", "soon")}),
        ("write_message", MADS, {}, {(ANNA, "message", "soon")}),
        ("fulfil_duty", MADS, {"duty": "d"}, {(ANNA, "news", "soon")}),
        ("fulfil_duty", ANNA, {"duty": "d"}, set()),
        ("bring_in", MADS, {"user": 9, "role": "hr"}, {(9, "brought_in", "soon")}),
        ("bring_in", MADS, {"user": OLAV, "role": "hr"}, set()),
        ("close_case", MADS, {}, {(ANNA, "closed", "soon")}),
        ("take_in_evidence", ANNA, {}, {(MADS, "answer", "daily")}),
        ("look_at_post", None, {"ended": "gone"}, {(ANNA, "post_gone", "soon"), (MADS, "post_gone", "soon")}),
        ("look_at_post", None, {"ended": ""}, set()),
        ("look_at_post", ANNA, {"ended": "gone"}, {(MADS, "post_gone", "soon")}),
        ("fail_referral", None, {}, {(MADS, "wrong_code", "soon")}),
        ("note_conversation", MADS, {}, {(ANNA, "news", "soon")}),
        ("say_needs", ANNA, {}, {(MADS, "answer", "soon")}),
        ("see_case", MADS, {}, set()),
        ("write_note", MADS, {}, set()),
    ],
)
def test_who_is_told_what(act: str, by: int, data: dict[str, object], expected: set[tuple[int, str, str]]) -> None:
    assert told(act, by, **data) == expected


def test_danger_is_said_as_danger() -> None:
    assert told("send_report", ANNA, Crew(CREW.affected, CREW.handlers, danger=True)) == {(MADS, "danger", "at_once")}


def test_every_act_that_tells_is_an_act_and_every_kind_has_its_sentence() -> None:
    assert rules.TOLD.keys() <= ACTS.keys()
    assert {kind for lines in rules.TOLD.values() for _, kind, _ in lines} <= rules.KINDS.keys()


@pytest.mark.parametrize("subject", ["draft:1", "case:nonsense", "vault", f"casex:{CASE}"])
def test_what_is_not_about_a_case_tells_nobody(subject: str) -> None:
    assert rules.case_of(entry("write_message", ANNA, subject=subject)) is None


def deadline(due: timedelta, *, since: timedelta = timedelta(days=-10), must: bool = True) -> Deadline:
    return Deadline(CASE, "d", NOW + due, NOW + since, frozenset({MADS, OLAV}), CREW, must)


@pytest.mark.parametrize(
    ("due", "since", "must", "expected"),
    [
        (timedelta(hours=25), timedelta(days=-10), True, set()),
        (timedelta(hours=24), timedelta(days=-10), True, {(MADS, "deadline_near")}),
        (timedelta(hours=3), timedelta(hours=-1), True, set()),
        (timedelta(hours=2), timedelta(hours=-2), True, {(MADS, "deadline_near")}),
        (timedelta(0), timedelta(days=-10), True, {(MADS, "deadline_now")}),
        (timedelta(hours=-23), timedelta(days=-10), True, {(MADS, "deadline_now")}),
        (timedelta(days=-1), timedelta(days=-10), True, {(MADS, "deadline_missed"), (LONE, "deadline_missed_below")}),
        (timedelta(days=-1), timedelta(days=-10), False, {(MADS, "deadline_missed")}),
        (
            timedelta(days=-400),
            timedelta(days=-500),
            True,
            {(MADS, "deadline_missed"), (LONE, "deadline_missed_below")},
        ),
    ],
)
def test_a_deadline_is_said_before_at_and_after(
    due: timedelta, since: timedelta, must: bool, expected: set[tuple[int, str]]
) -> None:
    found = rules.reminders(deadline(due, since=since, must=must), NOW)
    assert {(one.user_id, one.kind) for one in found} == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, {(MADS, "talk_today", "soon"), (ANNA, "talk_today", "soon")}),
        (1, {(MADS, "talk_missed", "daily")}),
        (2, {(MADS, "talk_missed", "daily")}),
        (30, {(MADS, "talk_missed", "daily")}),
    ],
)
def test_an_agreed_talk_is_said_on_its_day_to_both_and_after_it_to_who_has_the_case(
    days: int, expected: set[tuple[int, str, str]]
) -> None:
    one = AgreedTalk(CASE, NOW.date(), CREW)
    found = list(rules.agreed_talks(one, NOW + timedelta(days=days)))
    assert {(owed.user_id, owed.kind, owed.pace) for owed in found} == expected
    assert {owed.kind for owed in found} <= rules.KINDS.keys()


def test_an_agreed_talk_is_said_four_times_at_most() -> None:
    one = AgreedTalk(CASE, NOW.date(), CREW)
    found = [owed for hour in range(24 * 60) for owed in rules.agreed_talks(one, NOW + timedelta(hours=hour))]
    assert Counter(user for user, _key in {(owed.user_id, owed.key) for owed in found}) == {MADS: 4, ANNA: 1}


@given(st.lists(st.integers(min_value=-40 * 24 * 60, max_value=40 * 24 * 60), max_size=60))
def test_each_step_of_a_deadline_has_one_key_however_often_the_clock_looks(minutes: list[int]) -> None:
    due = NOW
    keys: dict[tuple[int, str, str], set[str]] = {}
    for minute in sorted(minutes):
        now = NOW + timedelta(minutes=minute)
        one = Deadline(CASE, "d", due, due - timedelta(days=10), frozenset({MADS}), CREW, True)
        for owed in rules.reminders(one, now):
            keys.setdefault((owed.user_id, owed.kind, owed.key), set()).add(owed.key)
    kinds = Counter(kind for _, kind, _ in keys)
    assert kinds["deadline_near"] <= 1
    assert kinds["deadline_now"] <= 1
    assert kinds["deadline_missed"] <= len(rules.AGAIN_AFTER)
    assert kinds["deadline_missed_below"] <= len(rules.AGAIN_AFTER)


@pytest.mark.parametrize(
    ("silent", "expected"),
    [
        (timedelta(days=2, hours=23), set()),
        (timedelta(days=3), {(MADS, "silent", "soon")}),
        (timedelta(days=4), {(MADS, "silent", "daily"), (LONE, "silent_below", "soon")}),
        (timedelta(days=9), {(MADS, "silent", "daily"), (LONE, "silent_below", "daily")}),
    ],
)
def test_the_silence_clock(silent: timedelta, expected: set[tuple[int, str, str]]) -> None:
    found = rules.silences(Quiet(CASE, NOW - silent, 3, CREW), NOW)
    assert {(one.user_id, one.kind, one.pace) for one in found} == expected


def test_danger_nobody_looks_at_is_told_above_after_an_hour_at_any_hour() -> None:
    def asked(minutes: int, *, opened: bool = False) -> set[tuple[int, Pace]]:
        one = Danger(CASE, NOW - timedelta(minutes=minutes), opened, CREW)
        return {(owed.user_id, owed.pace) for owed in rules.unseen_danger(one, NOW)}

    assert asked(59) == set()
    assert asked(60) == {(LONE, "at_once"), (MADS, "at_once")}
    assert asked(600, opened=True) == set()


MINUTES = int(timedelta(days=365.25 * 20) / timedelta(minutes=1))
MOMENTS = st.integers(0, MINUTES).map(lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@given(MOMENTS)
def test_sane_hours_hold_over_twenty_years(moment: datetime) -> None:
    assert rules.when("at_once", moment) == moment
    soon = rules.when("soon", moment)
    assert moment <= soon < moment + timedelta(hours=13)
    assert rules.SANE[0] <= soon.astimezone(DANISH_TIME).time() < rules.SANE[1]
    daily = rules.when("daily", moment)
    local = daily.astimezone(DANISH_TIME)
    assert moment < daily < moment + timedelta(days=8)
    assert local.time() == rules.DIGEST
    assert is_workday(local.date())
    assert local.date() > moment.astimezone(DANISH_TIME).date()


def test_a_mail_is_tried_for_ever_with_longer_and_longer_waits() -> None:
    waits = [rules.next_try(attempts, NOW) - NOW for attempts in range(1, 40)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert waits[-1] == timedelta(hours=6)


@pytest.mark.parametrize(
    ("kind", "duty", "own", "page"),
    [
        ("deadline_near", "d", False, "duty"),
        ("deadline_missed_below", "d", False, "status"),
        ("silent_below", "", False, "status"),
        ("news", "d", True, "own"),
        ("message", "", False, "case"),
    ],
)
def test_where_a_notice_leads(kind: str, duty: str, own: bool, page: str) -> None:
    assert rules.leads(kind, duty, own=own) == page


def test_a_notice_is_content_free() -> None:
    assert {*Owed.__dataclass_fields__} == {"user_id", "kind", "key", "pace", "case_id", "duty"}
