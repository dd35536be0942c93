"""When a job may start, and what its record says about its health."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from vaern.jobs.facts import Job, State

# A scheduled job is late when it has not gone well for this long past its own longest pause.
GRACE = timedelta(minutes=15)


def may_start(started_at: datetime | None, job: Job, now: datetime) -> bool:
    """Whether no other run of a scheduled job is under way. One older than its limit was killed and does not count."""
    return started_at is None or now - started_at >= timedelta(minutes=job.minutes)


def state(
    *,
    started_at: datetime | None,
    ok_at: datetime | None,
    failures: int,
    job: Job,
    pause: timedelta | None,
    since: datetime,
    now: datetime,
) -> State:
    """How a job is. `pause` is the longest time between two planned runs (None for a job that is only asked for);
    `since` is when the job was first known."""
    if failures:
        return "failing"
    if pause is not None and now - (ok_at or since) > pause + timedelta(minutes=job.minutes) + GRACE:
        return "late"
    if not may_start(started_at, job, now):
        return "running"
    return "well" if ok_at else "waiting"


def unknown(jobs: Mapping[str, Job], name: str) -> str:
    """The sentence for a name that is not in the table; "" when it is."""
    return "" if name in jobs else f"“{name}” is not in the table of jobs (vaern/config/jobs.py)"


def plain(arguments: Mapping[str, object]) -> bool:
    """Whether arguments can lie in the queue: whole numbers, truth values, short texts such as ids; no content."""
    return all(isinstance(value, int) or (isinstance(value, str) and len(value) <= 100) for value in arguments.values())
