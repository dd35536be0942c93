"""From an act to a mail, with a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from tests.cases_kit import NOW, fresh, open_case, report, settle
from tests.mail_kit import Inbox, certificate, mail_server
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from tests.web.case_kit import questions
from vaern.cases import service as cases
from vaern.cases.models import Case
from vaern.notices import queries, service
from vaern.notices.models import Mail, Notice
from vaern.people.models import User

SECRET = "Et opslag med mit navn og billede."


@pytest.fixture
def town(db: None) -> Municipality:
    return a_municipality()


@pytest.fixture
def case(town: Municipality) -> Case:
    return open_case(town)


@pytest.fixture
def inbox(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Inbox]:
    folder = tmp_path_factory.getbasetemp()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(folder)[1]))
    with mail_server(folder) as (inbox, port):
        configure(settings, port)
        yield inbox


def configure(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAIL_HOST = settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = port, True, 5
    settings.MAIL_FROM, settings.PUBLIC_URL = "vaern@kommunen.example", "https://vaern.example"


def work(**later: int) -> None:
    with time_machine.travel(NOW + timedelta(**later), tick=False):
        service.read_journal()
        service.remind()
        service.send_notices()


def read(**later: int) -> None:
    with time_machine.travel(NOW + timedelta(**later), tick=False):
        service.read_journal()


def kinds(user: User) -> list[str]:
    return sorted(Notice.objects.filter(user=user).values_list("kind", flat=True))


def test_a_report_reaches_its_manager_by_a_mail_that_says_nothing(town: Municipality, case: Case, inbox: Inbox) -> None:
    work(minutes=1)
    assert [mail["To"] for mail in inbox.mails] == [town.mads.email]
    text = f"{inbox.mails[0].items()}{inbox.mails[0].get_content()}"
    assert "https://vaern.example/" in text
    for word in (SECRET, "Anna", "2026-0001", str(case.pk), "Mads"):
        assert word not in text
    work(minutes=2)
    assert len(inbox.mails) == 1


def test_what_is_rolled_back_is_told_to_nobody(town: Municipality, case: Case) -> None:
    work()
    with pytest.raises(RuntimeError):
        _write_and_fail(town, case)
    work(minutes=5)
    assert kinds(town.mads) == ["new_case"]


def _write_and_fail(town: Municipality, case: Case) -> None:
    with transaction.atomic():
        cases.write_message(actor=actor(town.anna), case_id=case.pk, text="Hej", from_affected=True, now=NOW)
        raise RuntimeError


def test_a_mail_in_the_readers_language(town: Municipality, case: Case, inbox: Inbox) -> None:
    User.objects.filter(pk=town.mads.pk).update(language="en")
    with translation.override("da"):
        work()
    assert inbox.mails[0]["Subject"] == "There is something for you in Værn"


def test_many_notices_are_one_mail_and_read_ones_none(town: Municipality, case: Case, inbox: Inbox) -> None:
    for n in range(3):
        cases.write_message(actor=actor(town.anna), case_id=case.pk, text=f"{n}", from_affected=True, now=NOW)
    read()
    assert kinds(town.mads) == ["message", "message", "message", "new_case"]
    work(minutes=1)
    assert len([mail for mail in inbox.mails if mail["To"] == town.mads.email]) == 1
    cases.write_message(actor=actor(town.anna), case_id=case.pk, text="4", from_affected=True, now=NOW)
    read(minutes=2)
    with time_machine.travel(NOW + timedelta(days=300)):
        logged_in(town.mads).get(reverse("see_notices"))
    work(minutes=9)
    assert len([mail for mail in inbox.mails if mail["To"] == town.mads.email]) == 1


def test_a_mail_server_that_is_away_loses_nothing(town: Municipality, case: Case, inbox: Inbox) -> None:
    inbox.refuse = True
    work()
    waiting = queries.post()
    assert (waiting.waiting, waiting.sent_at) == (1, None)
    assert waiting.problem
    kept = Mail.objects.get().message_id
    work(seconds=30)
    assert Mail.objects.get().attempts == 1, "not tried again before its time"
    inbox.refuse = False
    work(minutes=2)
    assert [mail["Message-ID"] for mail in inbox.mails] == [kept]
    assert queries.post().waiting == 0


def test_a_worker_killed_after_the_servers_answer_repeats_the_same_message(
    town: Municipality, case: Case, inbox: Inbox
) -> None:
    work()
    # As if the process had died before it could write down that the server said yes.
    Mail.objects.update(sent_at=None, taken_until=NOW + timedelta(minutes=5))
    work(minutes=4)
    assert len(inbox.mails) == 1, "another worker waits until the first is surely dead"
    work(minutes=6)
    assert len(inbox.mails) == 2
    assert len({mail["Message-ID"] for mail in inbox.mails}) == 1


def test_no_mail_leaves_without_encryption_or_to_a_server_nobody_vouches_for(
    town: Municipality, case: Case, settings: Settings, tmp_path: Path
) -> None:
    with mail_server(tmp_path, tls=False) as (open_inbox, port):
        configure(settings, port)
        work()
        assert (open_inbox.mails, queries.post().waiting) == ([], 1)
    with mail_server(tmp_path) as (strange, port):
        configure(settings, port)
        work(minutes=2)
        assert (strange.mails, queries.post().waiting) == ([], 1)


def test_without_a_mail_server_it_is_in_the_list_only(town: Municipality, case: Case) -> None:
    work()
    assert Mail.objects.count() == 0
    page = logged_in(town.mads).get(reverse("see_notices")).content.decode()
    assert "Du har fået en ny sag." in page
    assert reverse("see_case", args=[case.pk]) in page
    assert SECRET not in page
    assert Notice.objects.filter(user=town.mads, seen_at__isnull=True).count() == 0


def test_the_employee_is_told_and_led_to_her_own_page(town: Municipality, case: Case) -> None:
    settle(case, town.mads, "listen_and_note", now=NOW)
    work(minutes=1)
    assert kinds(town.anna) == ["news"]
    page = logged_in(town.anna).get(reverse("see_notices")).content.decode()
    assert reverse("see_my_case", args=[case.pk]) in page


def test_silence_and_a_missed_deadline_reach_the_level_above(town: Municipality, case: Case) -> None:
    work(days=2)
    assert "silent_below" not in kinds(town.lone)
    work(days=6)
    work(days=6, minutes=5)
    assert kinds(town.lone).count("silent_below") == 1
    assert "silent" in kinds(town.mads)
    assert kinds(town.anna) == []


def test_a_closed_account_gets_no_mail(town: Municipality, case: Case, inbox: Inbox) -> None:
    read()
    User.objects.filter(pk=town.mads.pk).update(is_active=False)
    work()
    assert inbox.mails == []


def test_the_lists_follow_when_only_time_passes(town: Municipality, case: Case) -> None:
    before = fresh(case).version
    with time_machine.travel(NOW, tick=False):
        cases.renew_cases()
        cases.renew_cases()
    assert fresh(case).version == before, "nothing changed, so nothing is written"


def test_the_page_asks_as_many_questions_for_much_as_for_little(town: Municipality, case: Case) -> None:
    work()
    browser = logged_in(town.mads)
    few = questions(browser, reverse("see_notices"))
    Notice.objects.bulk_create(
        Notice(
            organisation_id=town.organisation_id, user=town.mads, kind="message", key=str(n), case=case, at=NOW,
            mail_at=NOW,
        )
        for n in range(150)
    )  # fmt: skip
    assert questions(browser, reverse("see_notices")) == few


def test_the_clock_asks_as_many_questions_for_many_cases_as_for_few(town: Municipality, case: Case) -> None:
    def asked() -> int:
        with time_machine.travel(NOW + timedelta(days=8), tick=False), CaptureQueriesContext(connection) as seen:
            service.remind()
        return len(seen)

    few = asked()
    for _ in range(5):
        report(town.anna, town.mads)
    assert asked() == few
    assert {"silent", "deadline_missed"} <= {*kinds(town.mads)}
