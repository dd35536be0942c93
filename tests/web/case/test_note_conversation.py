"""A conversation, written down where both can read it."""

from __future__ import annotations

import pytest

from tests.cases_kit import open_case
from tests.people_kit import Municipality, logged_in
from tests.web.case_kit import at
from vaern.cases.models import Case, Conversation, Needs

WORDS = {"way": "phone", "text": "Anna har sovet dårligt.", "impact": "Utryg", "next_on": "2099-01-05"}


def test_both_can_read_it_and_when_they_talk_next(town: Municipality, case: Case) -> None:
    assert logged_in(town.mads).post(at("note_conversation", case), WORDS).status_code == 302
    assert Conversation.objects.get(case=case).way == "phone"
    for who, name in ((town.mads, "see_case"), (town.anna, "see_my_case")):
        page = logged_in(who).get(at(name, case)).content.decode()
        assert "Anna har sovet dårligt." in page
        assert "Utryg" in page
        assert "5. januar 2099" in page


def test_nothing_typed_is_lost_when_something_is_wrong(town: Municipality, case: Case) -> None:
    page = logged_in(town.mads).post(at("note_conversation", case), {**WORDS, "way": "", "next_on": "2001-01-05"})
    assert page.status_code == 422
    shown = page.content.decode()
    for words in (*list(WORDS.values())[1:3], "2001-01-05", "Vælg, hvordan I talte sammen.", "Den dag er gået."):
        assert words in shown
    assert not Conversation.objects.exists()


def test_the_duty_leads_to_it(town: Municipality, case: Case) -> None:
    page = logged_in(town.mads).get(at("fulfil_duty", case, duty="listen_and_note")).content.decode()
    assert at("note_conversation", case) in page
    assert at("note_conversation", case) not in (
        logged_in(town.mads).get(at("fulfil_duty", case, duty="notify_head")).content.decode()
    )


@pytest.mark.parametrize("who", ["anna", "karim", "olav", "adam", "xenia"])
def test_only_those_who_have_the_case_write_one(town: Municipality, case: Case, who: str) -> None:
    assert logged_in(getattr(town, who)).post(at("note_conversation", case), WORDS).status_code == 404


def test_she_says_what_she_needs_on_her_own_page_as_often_as_she_wants(town: Municipality, case: Case) -> None:
    anna = logged_in(town.anna)
    assert anna.post(at("say_needs", case), {"needs_practical": "Fri i morgen"}).status_code == 302
    assert anna.post(at("say_needs", case), {"impact": "Det går bedre"}).status_code == 302
    assert Needs.objects.filter(case=case).count() == 2
    for who, name in ((town.mads, "see_case"), (town.anna, "see_my_case")):
        page = logged_in(who).get(at(name, case)).content.decode()
        assert "Fri i morgen" in page
        assert "Det går bedre" in page


def test_an_empty_answer_is_said_beside_the_field(town: Municipality, case: Case) -> None:
    page = logged_in(town.anna).post(at("say_needs", case), {"impact": " "})
    assert page.status_code == 422
    assert "Skriv noget, før du gemmer." in page.content.decode()


def test_what_the_report_said_stands_beside_what_she_says_later(town: Municipality) -> None:
    case = open_case(town, impact="RYSTET-I-DAG", needs_practical="FRI-I-DAG")
    logged_in(town.anna).post(at("say_needs", case), {"impact": "BEDRE-NU"})
    page = logged_in(town.anna).get(at("see_my_case", case)).content.decode()
    assert page.index("BEDRE-NU") < page.index("RYSTET-I-DAG") < page.index("FRI-I-DAG")
