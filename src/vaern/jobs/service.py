"""Later work, in our own database. Jobs are called by name from one table, so that a lower room can ask for what a
higher one does.

The state of the database is the truth: a job must be safe to run twice, and what matters is found again by a
scheduled one, so that a lost job never does.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule
from django_q.tasks import async_task

from vaern.jobs import rules
from vaern.jobs.cluster import work as work
from vaern.jobs.facts import Job
from vaern.jobs.models import Run

log = logging.getLogger(__name__)
_RUN = "vaern.jobs.service.run"


class NoSuchJob(Exception):
    """A programming error: the name is not in the table, or an argument does not belong in a queue."""


class Failed(Exception):
    """A job failed. Says which, and the kind of the fault; what the fault quoted stays out of queue and log."""


def enqueue(name: str, **arguments: str | int) -> None:
    """Asks for a job. Inside a transaction it is part of it: rolled back, it was never asked for."""
    job = _job(name)
    if not rules.plain(arguments):
        raise NoSuchJob(f"“{name}” was given more than ids and numbers")
    async_task(_RUN, name, **arguments, q_options={"timeout": job.minutes * 60, "group": name})


def run(name: str, **arguments: str | int) -> None:
    """Runs a job of the table now. A scheduled one (no arguments) does nothing while another run is under way."""
    job = _job(name)
    now = timezone.now()
    alone = not arguments
    if alone and not _begin(name, job, now):
        return
    try:
        import_string(job.run)(**arguments)
    except Exception as fault:
        kind = type(fault).__qualname__
        log.exception("job %s failed", name)
        _end(name, alone, failed_at=timezone.now(), failures=F("failures") + 1, problem=kind)
        raise Failed(f"{name}: {kind}") from None
    _end(name, alone, ok_at=timezone.now(), failures=0, problem="")


def schedule() -> None:
    """Makes the library's schedules say what the table says. Called when a worker starts."""
    wanted = {name: job for name, job in settings.JOBS.items() if job.every}
    with transaction.atomic():
        Schedule.objects.exclude(name__in=wanted).delete()
        for name, job in wanted.items():
            given = {"func": _RUN, "args": repr((name,)), "cron": job.every, "schedule_type": Schedule.CRON}
            row, made = Schedule.objects.get_or_create(name=name, defaults=given)
            if not made and row.cron != job.every:
                Schedule.objects.filter(pk=row.pk).update(**given, next_run=timezone.now())
            _known(name, timezone.now())


def _job(name: str) -> Job:
    if problem := rules.unknown(settings.JOBS, name):
        raise NoSuchJob(problem)
    job: Job = settings.JOBS[name]
    return job


def _known(name: str, now: datetime) -> None:
    Run.objects.get_or_create(name=name, defaults={"since": now})


def _begin(name: str, job: Job, now: datetime) -> bool:
    """Compare and set: of two workers that would start the same job at the same moment, one does."""
    _known(name, now)
    seen = Run.objects.values_list("started_at", flat=True).get(name=name)
    if not rules.may_start(seen, job, now):
        return False
    return bool(Run.objects.filter(name=name, started_at=seen).update(started_at=now))


def _end(name: str, alone: bool, **changes: object) -> None:
    _known(name, timezone.now())
    Run.objects.filter(name=name).update(**changes, **({"started_at": None} if alone else {}))
