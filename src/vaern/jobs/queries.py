"""Readers: how the jobs of the table are doing."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from croniter import croniter
from django.conf import settings

from vaern.jobs import models, rules
from vaern.jobs.facts import Job, Run


def runs(now: datetime) -> list[Run]:
    """One for each job of the table, in its order. One query."""
    kept = {row.name: row for row in models.Run.objects.all()}
    return [_run(name, job, kept.get(name), now) for name, job in settings.JOBS.items()]


def _run(name: str, job: Job, row: models.Run | None, now: datetime) -> Run:
    if row is None:
        return Run(name, job.title, "waiting")
    state = rules.state(
        started_at=row.started_at,
        ok_at=row.ok_at,
        failures=row.failures,
        job=job,
        pause=_pause(job, now),
        since=row.since,
        now=now,
    )
    return Run(name, job.title, state, row.ok_at, row.failed_at, row.failures, row.problem)


def _pause(job: Job, now: datetime) -> timedelta | None:
    """The longest of the next few pauses between two planned runs."""
    if not job.every:
        return None
    planned = croniter(job.every, now)
    moments: list[datetime] = [planned.get_next(datetime) for _ in range(8)]
    return max(later - earlier for earlier, later in pairwise(moments))
