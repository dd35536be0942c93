"""A private calendar of one's own deadlines: opened, read by a program, closed; and it says nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.cases_kit import open_case
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from tests.web.case_kit import questions
from vaern.cases import queries as cases
from vaern.cases.models import Case, DutyRow
from vaern.journal import queries as journal
from vaern.notices.models import Calendar as Row
from vaern.people.models import User

pytestmark = pytest.mark.django_db
PAGE = reverse("keep_calendar")


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


@pytest.fixture
def case(people: Municipality) -> Case:
    """With a deadline: an account is owed by the employee, and evidence and the police by the manager."""
    return open_case(people, posted_on="2026-11-16", posted_at="10:00")


def opened(client: Client) -> str:
    page = client.post(PAGE)
    address: str = page.context["address"]
    assert address in page.content.decode()
    return address.removeprefix("http://testserver")


def read(address: str) -> Calendar:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "no-store"
    return Calendar.from_ical(answer.content)


def dues(user: User) -> list[object]:
    return sorted(line.due for line in cases.duty_lines(actor(user), timezone.now()) if line.due)


def test_each_own_deadline_is_there_and_nothing_of_the_case_is(people: Municipality, case: Case) -> None:
    client = logged_in(people.mads)
    calendar = read(opened(client))
    found = sorted(event["DTEND"].dt for event in calendar.walk("VEVENT"))
    assert found == dues(people.mads)
    assert found, "the test has a deadline to look at"
    assert all(event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=15) for event in calendar.walk("VEVENT"))
    text = calendar.to_ical().decode()
    assert {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")} == {"En frist i Værn"}
    titles = {line.title for line in cases.duty_lines(actor(people.mads), case.opened_at)}
    for word in ("Anna", "Mads", "2026-0001", str(case.pk), case.what, *titles):
        assert word not in text


def test_two_people_have_nothing_in_common(people: Municipality, case: Case) -> None:
    row = DutyRow.objects.filter(case=case, due__isnull=False).first()
    assert row is not None
    ids = [
        {str(event["UID"]) for event in read(opened(logged_in(user))).walk("VEVENT")}
        for user in (people.mads, people.anna)
    ]
    assert ids[0].isdisjoint(ids[1])


def test_a_new_address_ends_the_old_one_and_closing_ends_both(people: Municipality, case: Case) -> None:
    client = logged_in(people.mads)
    old, new = opened(client), opened(client)
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    assert new.split("/")[2] not in str(Row.objects.values_list()), "only its digest is kept"
    assert "deadlines.ics" not in client.get(PAGE).content.decode(), "it is shown once"
    client.post(reverse("close_calendar"))
    assert Client().get(new).status_code == 404
    acts = [entry.act for entry in journal.entries_of(f"user:{people.mads.pk}")]
    assert (acts.count("open_calendar"), acts.count("close_calendar")) == (2, 1)
    client.post(reverse("close_calendar"))
    assert [entry.act for entry in journal.entries_of(f"user:{people.mads.pk}")] == acts


def test_a_closed_account_has_no_calendar(people: Municipality, case: Case) -> None:
    address = opened(logged_in(people.mads))
    User.objects.filter(pk=people.mads.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_it_asks_no_more_for_many_cases(people: Municipality, case: Case) -> None:
    address = opened(logged_in(people.mads))
    few = questions(Client(), address)
    for _ in range(3):
        open_case(people, posted_on="2026-11-16", posted_at="10:00")
    assert questions(Client(), address) == few
