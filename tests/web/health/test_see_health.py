"""What the administrator reads about the installation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.cases_kit import open_case
from tests.handover.kit import asked, begun, filled
from tests.people_kit import Municipality, a_municipality, logged_in
from tests.web.case_kit import questions
from vaern.config.jobs import JOBS
from vaern.handover import service as handover
from vaern.jobs.models import Run
from vaern.notices.models import Mail

PAGE = reverse("see_health")


@pytest.fixture
def town(db: None) -> Municipality:
    return a_municipality()


def test_it_says_for_each_job_that_it_has_not_run(town: Municipality) -> None:
    text = logged_in(town.adam).get(PAGE).content.decode()
    assert all(job.title in text for job in JOBS.values())
    assert "Intet fejler lige nu." in text


def test_a_job_that_failed_is_counted_and_named_by_its_kind_only(town: Municipality) -> None:
    now = timezone.now()
    Run.objects.create(name="verify_journal", since=now, failed_at=now, failures=3, problem="Broken")
    text = logged_in(town.adam).get(PAGE).content.decode()
    assert "1 ting virker ikke." in text
    assert "Fejlede sidste gang" in text


def test_it_says_whether_mail_gets_out(town: Municipality, settings: Settings) -> None:
    browser = logged_in(town.adam)
    assert "Ingen mailserver er sat op." in browser.get(PAGE).content.decode()
    settings.MAIL_HOST = "127.0.0.1"
    long_ago = timezone.now() - timedelta(hours=1)
    Mail.objects.create(user=town.mads, message_id="<a@b>", made_at=long_ago, try_at=long_ago)
    text = browser.get(PAGE).content.decode()
    assert "1 mail venter." in text
    assert "1 ting virker ikke." in text


def test_what_does_not_get_out_of_the_house_is_counted_with_the_kind_of_the_fault(
    town: Municipality, settings: Settings, tmp_path: Path
) -> None:
    browser = logged_in(town.adam)
    assert "Det bliver sendt af mennesker." in browser.get(PAGE).content.decode()
    folder = tmp_path / "in"
    folder.mkdir()
    settings.HANDOVER = {"safetynet": {"way": "drop", "folder": str(folder)}}
    case = open_case(town)
    sheet = filled(town, begun(town, case, "safetynet", "register_incident"))
    asked(town, sheet, "drop")
    assert "1 venter." in browser.get(PAGE).content.decode()
    folder.rmdir()
    handover.deliver_handover(handover=str(sheet.id))
    text = browser.get(PAGE).content.decode()
    assert "1 venter. Sidste forsøg lykkedes ikke: FileNotFoundError." in text
    assert "1 ting virker ikke." in text
    assert town.anna.name not in text
    elsewhere = logged_in(town.xenia).get(PAGE).content.decode()
    assert "1 venter." not in elsewhere


def test_it_asks_the_database_a_bounded_number_of_times(town: Municipality) -> None:
    assert questions(logged_in(town.adam), PAGE) <= 20
