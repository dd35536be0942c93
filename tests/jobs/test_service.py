"""The table, the record of runs, and what a failure may say."""

from __future__ import annotations

import inspect
from datetime import timedelta

import pytest
from croniter import croniter
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import OrmQ, Schedule
from pytest_django import Settings

from tests.jobs import doing
from tests.jobs import settings as with_ours
from vaern.config.jobs import JOBS
from vaern.jobs import models, queries, service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ours(settings: Settings) -> None:
    settings.JOBS = with_ours.JOBS
    doing.lines().unlink(missing_ok=True)


def run_of(name: str) -> object:
    return next(run for run in queries.runs(timezone.now()) if run.name == name)


@pytest.mark.parametrize("name", JOBS)
def test_each_job_of_the_table_is_there_and_can_be_called(name: str) -> None:
    job = JOBS[name]
    needed = [
        one.name for one in inspect.signature(import_string(job.run)).parameters.values() if one.default is one.empty
    ]
    assert not job.every or (croniter.is_valid(job.every) and needed == [])
    assert job.minutes * 60 < with_ours.QUEUE["retry"], "the queue would hand it out a second time while it runs"


def act_that_fails() -> None:
    with transaction.atomic():
        service.enqueue("write", words="a")
        raise RuntimeError


def test_a_rolled_back_act_asked_for_nothing() -> None:
    with pytest.raises(RuntimeError):
        act_that_fails()
    assert OrmQ.objects.count() == 0
    with transaction.atomic():
        service.enqueue("write", words="b")
    assert OrmQ.objects.count() == 1


def test_what_is_not_in_the_table_or_too_much_for_a_queue_is_refused() -> None:
    with pytest.raises(service.NoSuchJob):
        service.enqueue("nothing")
    with pytest.raises(service.NoSuchJob):
        service.enqueue("write", words="x" * 101)


def test_a_failure_says_its_kind_and_not_its_words(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        with pytest.raises(service.Failed) as caught:
            service.run("fail")
    assert "ValueError" in str(caught.value)
    assert caught.value.__suppress_context__
    row = models.Run.objects.get(name="fail")
    assert (row.failures, row.problem, row.started_at) == (2, "ValueError", None)
    assert "Anna" not in "".join(str(value) for value in vars(row).values())
    assert run_of("fail").state == "failing"  # type: ignore[attr-defined]


def test_a_scheduled_job_does_not_run_beside_itself() -> None:
    service.run("tick")
    models.Run.objects.filter(name="tick").update(started_at=timezone.now() - timedelta(minutes=1))
    service.run("tick")
    assert doing.lines().read_text() == "tick\n"
    models.Run.objects.filter(name="tick").update(started_at=timezone.now() - timedelta(minutes=11))
    service.run("tick")
    assert doing.lines().read_text() == "tick\ntick\n"
    assert run_of("tick").state == "well"  # type: ignore[attr-defined]


def test_the_schedules_follow_the_table(settings: Settings) -> None:
    Schedule.objects.create(name="old", func="x", schedule_type=Schedule.MINUTES)
    service.schedule()
    service.schedule()
    planned = dict(Schedule.objects.values_list("name", "cron"))
    assert planned == {name: job.every for name, job in with_ours.JOBS.items() if job.every}
    settings.JOBS = {**with_ours.JOBS, "tick": with_ours.Job("tests.jobs.doing.tick", "x", every="*/7 * * * *")}
    service.schedule()
    assert Schedule.objects.get(name="tick").cron == "*/7 * * * *"
