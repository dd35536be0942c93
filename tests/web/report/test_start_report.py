"""The first step: what happened, to whom, and whether anybody is in danger."""

from __future__ import annotations

import pytest

from tests.people_kit import Municipality, logged_in
from tests.web.report.kit import begin, put, saved
from vaern.cases.models import Draft


@pytest.mark.parametrize(("who", "words"), [("me", "dine egne ord"), ("colleague", "set eller hørt")])
def test_each_door_asks_in_its_own_words(town: Municipality, who: str, words: str) -> None:
    page = logged_in(town.anna).get(f"/report/start/?who={who}")
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not Draft.objects.exists(), "looking leaves no draft behind"


def test_a_manager_is_asked_what_she_was_told(town: Municipality) -> None:
    assert "fortalt til dig" in logged_in(town.mads).get("/report/start/?who=manager").content.decode()


def test_who_is_no_manager_reports_as_a_colleague(town: Municipality) -> None:
    page = logged_in(town.karim).get("/report/start/?who=manager", follow=True)
    assert page.redirect_chain == [("/report/start/?who=colleague", 302)]
    assert "ikke som leder" in page.content.decode()


def test_an_unknown_door_does_not_exist(town: Municipality) -> None:
    assert logged_in(town.anna).get("/report/start/?who=mayor").status_code == 404


def test_the_first_step_begins_a_draft_and_goes_on(town: Municipality) -> None:
    client = logged_in(town.anna)
    answer = client.post("/report/start/?who=me", {"what": "Et opslag.\r\nTo linjer.", "danger_now": "no"})
    draft = Draft.objects.get()
    assert answer.url == f"/report/{draft.pk}/evidence/"
    assert draft.data["what"] == "Et opslag.\nTo linjer."


def test_nothing_written_is_said_beside_the_field_and_the_rest_is_kept(town: Municipality) -> None:
    answer = logged_in(town.anna).post("/report/start/?who=me", {"what": " ", "danger_now": "yes"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Skriv kort, hvad der er sket." in page
    assert Draft.objects.get().data["danger_now"] == "yes"
    assert f'action="/report/{Draft.objects.get().pk}/what/"' in page, "sending again begins no second draft"


def test_danger_is_answered_on_the_very_next_page(town: Municipality) -> None:
    client = logged_in(town.anna)
    answer = client.post("/report/start/?who=me", {"what": "Han står udenfor.", "danger_now": "yes"}, follow=True)
    page = answer.content.decode()
    assert page.index("tel:112") < page.index("<h1>")


def test_looking_away_keeps_what_was_typed(town: Municipality) -> None:
    client = logged_in(town.anna)
    answer = client.post("/report/start/?who=me", {"what": "Halvt skrev", "go": "keep"})
    draft = Draft.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (204, f"/report/{draft.pk}/what/")
    put(client, draft.pk, "what", what="Halvt skrevet", go="keep")
    assert saved(draft.pk)["what"] == "Halvt skrevet"
    assert Draft.objects.count() == 1


def test_a_colleague_is_found_by_name_and_chosen(town: Municipality) -> None:
    client = logged_in(town.karim)
    found = client.post("/report/start/?who=colleague", {"what": "Om Anna.", "affected_name": "anna", "go": "search"})
    assert "Anna Ankersen" in found.content.decode()
    assert "Xenia" not in found.content.decode()
    draft = Draft.objects.get().pk
    answer = put(
        client, draft, "what", what="Om Anna.", affected_name="anna", searched="anna", affected_id=town.anna.pk
    )
    assert answer.url == f"/report/{draft}/evidence/"
    assert (saved(draft)["affected_id"], saved(draft)["affected_name"]) == (town.anna.pk, "Anna Ankersen")


def test_a_colleague_is_found_by_address(town: Municipality) -> None:
    answer = logged_in(town.karim).post(
        "/report/start/?who=colleague", {"what": "Om Anna.", "affected_name": town.anna.email, "go": "search"}
    )
    assert "Anna Ankersen" in answer.content.decode()


def test_a_name_that_fits_a_colleague_is_asked_about_once(town: Municipality) -> None:
    client = logged_in(town.karim)
    asked = client.post("/report/start/?who=colleague", {"what": "Om Anna.", "affected_name": "Anna"})
    assert asked.status_code == 200
    assert "Er det en af dem?" in asked.content.decode()
    draft = Draft.objects.get().pk
    answer = put(client, draft, "what", what="Om Anna.", affected_name="Anna", searched="Anna", affected_id="")
    assert answer.status_code == 302
    assert (saved(draft)["affected_id"], saved(draft)["affected_name"]) == (None, "Anna")


def test_a_free_name_is_taken_as_written(town: Municipality) -> None:
    draft = begin(logged_in(town.karim), "colleague", affected_name="Vikaren Bo")
    assert saved(draft)["affected_name"] == "Vikaren Bo"


def test_writing_another_name_lets_go_of_the_one_chosen(town: Municipality) -> None:
    client = logged_in(town.karim)
    draft = begin(client, "colleague", affected_name="Anna", searched="Anna", affected_id=town.anna.pk)
    put(client, draft, "what", what="x", affected_name="Bo", searched="Anna Ankersen", affected_id=town.anna.pk)
    assert (saved(draft)["affected_id"], saved(draft)["affected_name"]) == (None, "Bo")


def test_nobody_of_another_organisation_can_be_chosen(town: Municipality) -> None:
    answer = logged_in(town.karim).post(
        "/report/start/?who=colleague",
        {"what": "x", "affected_name": "Bo", "searched": "Bo", "affected_id": town.xenia.pk},
    )
    assert answer.status_code == 302
    assert Draft.objects.get().data["affected_id"] is None
