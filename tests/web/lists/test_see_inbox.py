"""Cases in which somebody waits: late or silent, one's own and one level below."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.cases_kit import NOW, open_case, report
from tests.people_kit import Municipality, logged_in
from tests.web.case_kit import at, questions
from vaern.cases.models import Case

INBOX = reverse("see_inbox")


def ids(town: Municipality, who: str, days: float) -> tuple[set[object], set[object]]:
    with time_machine.travel(NOW + timedelta(days=days)):
        context = logged_in(getattr(town, who)).get(INBOX).context
    return {one.line.id for one in context["own"]}, {one.line.id for one in context["below"]}


def test_a_silent_case_alarms_the_manager_and_the_level_above(town: Municipality, case: Case) -> None:
    assert ids(town, "mads", 2) == (set(), set())
    assert ids(town, "mads", 3.1) == ({case.pk}, set())
    assert ids(town, "lone", 3.1) == (set(), {case.pk})


def test_a_late_one_does_too_before_the_silence_is_long(town: Municipality) -> None:
    case = open_case(town, discovered_on="2026-11-15", discovered_at="08:00")
    assert ids(town, "mads", 0.5) == (set(), set())
    assert ids(town, "lone", 1.2) == (set(), {case.pk})


def test_danger_is_seen_by_the_level_above_at_once(town: Municipality) -> None:
    case = open_case(town, danger_now="yes")
    assert ids(town, "lone", 0.01) == (set(), {case.pk})
    with time_machine.travel(NOW + timedelta(minutes=15)):
        client = logged_in(town.lone)
        assert "Nogen kan være i fare lige nu." in client.get(INBOX).content.decode()
        status = client.get(at("see_status", case)).content.decode()
        assert "Nogen kan være i fare lige nu." in status
        assert case.what not in status, "the status and a way in, not the content"
        assert client.get(at("see_case", case)).status_code == 404
        assert "i fare" not in logged_in(town.amalie).get(at("see_status", case)).content.decode()


def test_the_level_above_is_led_to_the_status_and_the_way_in(town: Municipality, case: Case) -> None:
    with time_machine.travel(NOW + timedelta(days=4)):
        text = logged_in(town.lone).get(INBOX).content.decode()
    assert at("see_status", case) in text
    assert "Stilhed:" in text
    assert f'href="{at("see_case", case)}"' not in text


@pytest.mark.parametrize("who", ["signe", "xenia"])
def test_others_posts_bring_nothing(town: Municipality, case: Case, who: str) -> None:
    assert ids(town, who, 10) == (set(), set())


@pytest.mark.parametrize("who", ["anna", "karim", "adam", "amalie", "hanne"])
def test_it_is_for_managers_and_the_secretariat(town: Municipality, case: Case, who: str) -> None:
    assert logged_in(getattr(town, who)).get(INBOX).status_code == 403


def test_an_excluded_manager_sees_nothing_of_it(town: Municipality) -> None:
    case = open_case(town, manager_away="part_of_it")
    assert ids(town, "mads", 10) == (set(), set())
    assert ids(town, "lone", 10) == ({case.pk}, set())


def test_it_asks_as_many_questions_for_ten_as_for_one(town: Municipality, case: Case) -> None:
    with time_machine.travel(NOW + timedelta(days=4)):
        client = logged_in(town.lone)
        few = questions(client, INBOX)
        for _ in range(9):
            report(town.anna, town.mads)
        assert questions(client, INBOX) == few
