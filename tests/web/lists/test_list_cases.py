"""The list of cases: whose they are, in which order, and how many questions it asks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from tests.cases_kit import NOW, open_case
from tests.people_kit import Municipality, logged_in
from tests.web.case_kit import at, questions
from vaern.cases.models import Case, Part

CASES = reverse("list_cases")


def many(case: Case, count: int, **columns: object) -> list[Case]:
    """Copies of a case with the same manager, each due an hour after the one before it."""
    made = Case.objects.bulk_create(_copy(case, number, **columns) for number in range(1, count + 1))
    manager = Part.objects.get(case=case, role="manager").user_id
    Part.objects.bulk_create(Part(case=one, user_id=manager, role="manager", since=NOW) for one in made)
    return made


def _copy(case: Case, number: int, **columns: object) -> Case:
    kept = ("organisation_id", "unit_id", "guideline_id", "reporter_id", "what")
    same = {name: getattr(case, name) for name in kept}
    due = NOW + timedelta(hours=number)
    own = {"year": 2025, "number": number, "opened_at": NOW, "last_heard_at": NOW, "next_due_at": due}
    return Case(**{**same, **own, **columns})


def shown(page: object) -> list[str]:
    return [one.line.label for one in page.context["cases"]]  # type: ignore[attr-defined]


def test_what_is_due_first_stands_first_and_pages_follow_each_other(town: Municipality, case: Case) -> None:
    many(case, 60)
    client, seen = logged_in(town.mads), []
    for number in (1, 2, 3):
        page = client.get(CASES, {"page": number})
        seen += shown(page)
        assert page.context["more"] is (number < 3)
    assert len(seen) == len(set(seen)) == 61
    assert seen[:60] == [f"2025-{number:04d}" for number in range(1, 61)]


def test_it_asks_as_many_questions_for_ten_thousand_as_for_ten(town: Municipality, case: Case) -> None:
    client = logged_in(town.mads)
    many(case, 9)
    few = questions(client, CASES)
    Case.objects.exclude(pk=case.pk).update(year=2024)
    many(case, 9_991)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database does by itself between two transactions: PostgreSQL plans by it
    assert questions(client, CASES) == few
    assert few <= 20


def test_closed_ones_have_a_list_of_their_own(town: Municipality, case: Case) -> None:
    many(case, 2, state="closed", closed_at=NOW)
    client = logged_in(town.mads)
    assert shown(client.get(CASES)) == ["2026-0001"]
    assert len(shown(client.get(CASES, {"state": "closed"}))) == 2


def test_no_list_says_what_happened_or_to_whom(town: Municipality, case: Case) -> None:
    text = logged_in(town.mads).get(CASES).content.decode()
    assert at("see_case", case) in text
    assert "Et opslag med mit navn" not in text
    assert "Anna" not in text


def test_the_safety_representative_is_led_to_the_status(town: Municipality, case: Case) -> None:
    text = logged_in(town.amalie).get(CASES).content.decode()
    assert at("see_status", case) in text
    assert f'href="{at("see_case", case)}"' not in text


@pytest.mark.parametrize("who", ["troels", "henrik", "hanne", "signe", "lone", "xenia"])
def test_a_post_alone_opens_no_case(town: Municipality, case: Case, who: str) -> None:
    assert str(case.pk) not in logged_in(getattr(town, who)).get(CASES).content.decode()


@pytest.mark.parametrize("who", ["anna", "karim", "adam", "carla"])
def test_without_a_post_that_has_cases_there_is_no_list(town: Municipality, case: Case, who: str) -> None:
    assert logged_in(getattr(town, who)).get(CASES).status_code == 403


def test_an_excluded_manager_does_not_find_it(town: Municipality) -> None:
    case = open_case(town, manager_away="part_of_it")
    assert str(case.pk) not in logged_in(town.mads).get(CASES).content.decode()
    assert str(case.pk) in logged_in(town.lone).get(CASES).content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "abc", "99999", "9" * 40, "²"])
def test_a_page_that_is_none_is_no_error(town: Municipality, case: Case, number: str) -> None:
    assert logged_in(town.mads).get(CASES, {"page": number}).status_code == 200
