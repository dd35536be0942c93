"""Somebody said that anyone is in danger now: everybody who can help sees it first, until somebody says it is over."""

from __future__ import annotations

from django.urls import reverse

from tests.cases_kit import open_case
from tests.people_kit import Municipality, logged_in
from tests.web.case_kit import at
from vaern.people.models import User

SAID = "Nogen kan være i fare lige nu"


def test_the_manager_sees_it_before_anything_else_and_can_say_it_is_over(town: Municipality) -> None:
    case = open_case(town, danger_now="yes")
    mads = logged_in(town.mads)
    page = mads.get(at("see_case", case)).content.decode()
    assert SAID in page
    assert page.index(SAID) < page.index("Medarbejderen hørte sidst noget") < page.index("Det næste")
    assert at("note_facts", case) in page
    for address in (reverse("start"), reverse("see_my_duties"), reverse("list_cases"), reverse("see_inbox")):
        assert SAID in mads.get(address).content.decode(), address
    over = mads.post(at("note_facts", case), {"danger_now": "no", "absence": "unknown", "injury": "unknown",
                                              "national_outside_working_hours": "unknown"})  # fmt: skip
    assert over.status_code == 302
    for address in (at("see_case", case), reverse("start"), reverse("see_my_duties"), reverse("list_cases")):
        assert SAID not in mads.get(address).content.decode(), address


def test_her_number_is_one_tap_away_where_it_is_known(town: Municipality) -> None:
    case = open_case(town, danger_now="yes")
    assert "Ring til Anna Ankersen</a>" not in logged_in(town.mads).get(at("see_case", case)).content.decode()
    User.objects.filter(pk=town.anna.pk).update(phone="12 34 56 78")
    page = logged_in(town.mads).get(at("see_case", case)).content.decode()
    assert 'href="tel:12345678"' in page
    assert "Ring til Anna Ankersen</a>" in page


def test_she_is_told_to_call_and_not_that_she_need_do_nothing(town: Municipality) -> None:
    case = open_case(town, danger_now="yes")
    page = logged_in(town.anna).get(at("see_my_case", case)).content.decode()
    assert "Er nogen i fare, så ring 112 nu" in page
    assert "Du behøver ikke gøre noget lige nu" not in page


def test_without_danger_nobody_is_frightened(town: Municipality) -> None:
    case = open_case(town, danger_now="unknown")
    assert SAID not in logged_in(town.mads).get(at("see_case", case)).content.decode()
    page = logged_in(town.anna).get(at("see_my_case", case)).content.decode()
    assert "ring 112 nu" not in page
    assert "Du behøver ikke gøre noget lige nu" in page
