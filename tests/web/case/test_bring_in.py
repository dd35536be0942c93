"""Bringing a colleague into a case, and taking somebody out of it."""

from __future__ import annotations

import pytest

from tests.cases_kit import open_case
from tests.people_kit import Municipality, logged_in
from tests.web.case_kit import at
from vaern.cases.models import Case, Part


def test_a_colleague_is_found_by_name_then_chosen_and_can_see_the_case(town: Municipality, case: Case) -> None:
    client = logged_in(town.mads)
    found = client.post(at("bring_in", case), {"find": "1", "term": "hanne", "role": "hr", "reason": "Fravær"})
    assert found.status_code == 200
    text = found.content.decode()
    assert "Hanne Hvid" in text
    assert "Fravær" in text
    given = {"term": "hanne", "user": str(town.hanne.pk), "role": "hr", "reason": "Fravær"}
    assert client.post(at("bring_in", case), given).status_code == 302
    assert Part.objects.get(case=case, user=town.hanne).reason == "Fravær"
    assert logged_in(town.hanne).get(at("see_case", case)).status_code == 200


def test_nobody_found_is_said(town: Municipality, case: Case) -> None:
    page = logged_in(town.mads).post(at("bring_in", case), {"find": "1", "term": "Findes Ikke"})
    assert "Vi fandt ingen" in page.content.decode()


def test_a_name_changed_after_the_choice_is_searched_again(town: Municipality, case: Case) -> None:
    given = {"term": "Findes Ikke", "user": str(town.hanne.pk), "role": "hr", "reason": "Fravær"}
    page = logged_in(town.mads).post(at("bring_in", case), given)
    assert "Vi fandt ingen" in page.content.decode()


def test_another_organisations_people_are_never_found_nor_brought_in(town: Municipality, case: Case) -> None:
    client = logged_in(town.mads)
    page = client.post(at("bring_in", case), {"find": "1", "term": "Xenia"})
    assert "Xenia Xander" not in page.content.decode()
    given = {"term": "anna", "user": str(town.xenia.pk), "role": "hr", "reason": "x"}
    assert client.post(at("bring_in", case), given).status_code == 404
    assert not Part.objects.filter(user=town.xenia).exists()


def test_the_reason_is_asked_for_and_what_was_typed_is_kept(town: Municipality, case: Case) -> None:
    given = {"term": "hanne", "user": str(town.hanne.pk), "role": "hr", "reason": " "}
    page = logged_in(town.mads).post(at("bring_in", case), given)
    assert page.status_code == 422
    assert page.context["form"].errors["reason"] == ["Skriv en begrundelse."]
    assert page.context["form"]["term"].value() == "hanne"


def test_an_excluded_manager_cannot_be_brought_in(town: Municipality) -> None:
    case = open_case(town, manager_away="part_of_it")
    given = {"term": "mads", "user": str(town.mads.pk), "role": "manager", "reason": "x"}
    page = logged_in(town.lone).post(at("bring_in", case), given)
    assert page.status_code == 422
    assert logged_in(town.mads).get(at("see_case", case)).status_code == 404


def test_somebody_taken_out_sees_it_no_more(town: Municipality, case: Case) -> None:
    given = {"term": "hanne", "user": str(town.hanne.pk), "role": "hr", "reason": "Fravær"}
    client = logged_in(town.mads)
    client.post(at("bring_in", case), given)
    part = Part.objects.get(case=case, user=town.hanne)
    assert client.post(at("take_out", case), {"part": part.pk}).headers["Location"] == at("see_case", case)
    assert logged_in(town.hanne).get(at("see_case", case)).status_code == 404


def test_the_last_one_who_has_the_case_stays(town: Municipality, case: Case) -> None:
    part = Part.objects.get(case=case, user=town.mads)
    page = logged_in(town.mads).post(at("take_out", case), {"part": part.pk}, follow=True)
    assert "Nogen skal have sagen" in page.content.decode()
    assert logged_in(town.mads).get(at("see_case", case)).status_code == 200


def test_a_manager_who_takes_himself_out_lands_outside(town: Municipality, case: Case) -> None:
    client = logged_in(town.mads)
    client.post(
        at("bring_in", case),
        {"term": "signe", "user": str(town.signe.pk), "role": "secretariat", "reason": "Tager over"},
    )
    part = Part.objects.get(case=case, user=town.mads)
    assert client.post(at("take_out", case), {"part": part.pk}, follow=True).status_code == 200
    assert client.get(at("see_case", case)).status_code == 404


@pytest.mark.parametrize("part", ["", "abc", "-1", "9" * 30, "999999"])
def test_a_part_that_is_none_is_not_found(town: Municipality, case: Case, part: str) -> None:
    assert logged_in(town.mads).post(at("take_out", case), {"part": part}).status_code == 404


@pytest.mark.parametrize("who", ["anna", "karim", "amalie", "lone", "adam", "xenia"])
def test_it_is_for_those_who_handle_the_case(town: Municipality, case: Case, who: str) -> None:
    client = logged_in(getattr(town, who))
    assert client.get(at("bring_in", case)).status_code == 404
    assert client.post(at("take_out", case), {"part": "1"}).status_code == 404
