"""When a job may start, and what its record says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vaern.jobs import rules
from vaern.jobs.facts import Job

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
JOB = Job("a.b", "x", every="*/5 * * * *", minutes=10)


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


@pytest.mark.parametrize(("started", "may"), [(None, True), (ago(0), False), (ago(9.9), False), (ago(10), True)])
def test_one_run_at_a_time_unless_the_other_was_killed(started: datetime | None, may: bool) -> None:
    assert rules.may_start(started, JOB, NOW) is may


@pytest.mark.parametrize(
    ("known", "state"),
    [
        ({}, "waiting"),
        ({"ok_at": ago(3)}, "well"),
        ({"ok_at": ago(3), "started_at": ago(1)}, "running"),
        ({"ok_at": ago(3), "failures": 2}, "failing"),
        ({"ok_at": ago(31)}, "late"),
        ({"ok_at": ago(30)}, "well"),
        ({"since": ago(31)}, "late"),
        ({"since": ago(31), "pause": None}, "waiting"),
    ],
)
def test_how_a_job_is(known: dict[str, object], state: str) -> None:
    given = {"started_at": None, "ok_at": None, "failures": 0, "since": ago(1), "pause": timedelta(minutes=5)}
    assert rules.state(job=JOB, now=NOW, **{**given, **known}) == state  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "plain"),
    [({}, True), ({"case": "a" * 100, "n": 3, "deep": True}, True), ({"text": "a" * 101}, False), ({"x": None}, False)],
)
def test_only_ids_and_numbers_go_into_the_queue(arguments: dict[str, object], plain: bool) -> None:
    assert rules.plain(arguments) is plain
