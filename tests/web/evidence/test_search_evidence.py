"""Searching the words of a case: by POST alone, with æ, ø and å, and never a word of it in address or journal."""

from __future__ import annotations

import json

import pytest

from tests.cases_kit import NOW, open_case
from tests.evidence.files import GOOD, POST, upload
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from tests.web.case_kit import questions
from vaern.cases.models import Case
from vaern.evidence import models, queries, service
from vaern.evidence.derive.passages import find
from vaern.evidence.facts import Item
from vaern.journal import queries as journal

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people)


def on_case(people: Municipality, case: Case, kind: str, note: str = "") -> Item:
    name, data = GOOD[kind]
    item = service.take_in(actor=actor(people.anna), upload=upload(name, data), case_id=case.pk, note=note, now=NOW)
    service.derive_item(item=str(item.id))
    return item


def test_the_words_are_found_with_what_stands_around_them(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "eml")
    answer = logged_in(people.mads).post(f"/case/{case.pk}/search_evidence/", {"word": "HVORNÅR du"})
    page = answer.content.decode()
    assert "<mark>hvornår du</mark>" in page
    assert f"/case/{case.pk}/evidence/{item.id}/" in page
    assert "Fundet i 1 bevis" in page


def test_a_note_and_a_name_are_found_too_and_a_text_that_is_not_there_yet_is_said(
    people: Municipality, case: Case
) -> None:
    on_case(people, case, "txt", note="Fra hans søster")
    models.Rendition.objects.update(state="waiting")
    page = logged_in(people.anna).post(f"/case/{case.pk}/search_evidence/", {"word": "søster"}).content.decode()
    assert "<mark>søster</mark>" in page
    assert "ikke søges i lige nu: 1" in page


def test_what_is_not_found_is_said_and_nothing_typed_is_refused_beside_the_field(
    people: Municipality, case: Case
) -> None:
    on_case(people, case, "txt")
    client, address = logged_in(people.mads), f"/case/{case.pk}/search_evidence/"
    assert "Ordet er ikke fundet" in client.post(address, {"word": "(.*"}).content.decode()
    empty = client.post(address, {"word": "  "})
    assert empty.status_code == 422
    assert client.get(address, {"word": "hvor"}).content.decode().count("<mark>") == 0, "an address searches nothing"


def test_the_entry_says_how_much_was_opened_and_never_the_word(people: Municipality, case: Case) -> None:
    on_case(people, case, "txt")
    logged_in(people.mads).post(f"/case/{case.pk}/search_evidence/", {"word": "hvornår"})
    entry = next(one for one in journal.entries_of(f"case:{case.pk}") if one.act == "search_evidence")
    assert (entry.actor_id, entry.data) == (people.mads.pk, {"opened": 1, "found": [1]})
    assert "hvornår" not in json.dumps(entry.data, ensure_ascii=False)


@pytest.mark.parametrize("word", ["ÆRØ", "ærø", "Ærø  til", "e\u0301t", "ét"])
def test_case_space_and_the_two_ways_to_write_a_letter_make_no_difference(word: str) -> None:
    assert find(word, "Vi ses på Ærø\n til påske, ét sted")


def test_at_most_three_passages_and_only_a_little_around(people: Municipality) -> None:
    found = find("bo", "x" * 500 + " bo " * 10 + "y" * 500)
    assert len(found) == 3
    assert all(len(one.before) <= 62 and len(one.after) <= 62 for one in found)


def test_the_item_says_what_was_made_and_why_not(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "gif")
    page = logged_in(people.mads).get(f"/case/{case.pk}/evidence/{item.id}/").content.decode()
    assert "Miniature" in page
    assert "Der er ingen tekst at finde i filen." in page


def test_a_file_that_is_there_is_named_by_its_number(people: Municipality, case: Case) -> None:
    on_case(people, case, "txt")
    name, data = GOOD["txt"]
    answer = logged_in(people.anna).post(f"/case/{case.pk}/take_in_evidence/", {"evidence": [upload(name, data)]})
    assert "ligger allerede på sagen som bevis 1" in answer.content.decode()


def test_a_document_is_read_on_its_page_and_script_is_only_letters(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "docx")
    shown = logged_in(people.mads).post(f"/case/{case.pk}/evidence/{item.id}/preview/").content.decode()
    assert POST in shown
    assert queries.custody(case.pk)[0].act == "read_evidence"


def test_the_page_of_an_item_asks_as_much_for_ten_as_for_one(people: Municipality, case: Case) -> None:
    first = on_case(people, case, "txt")
    address, client = f"/case/{case.pk}/evidence/{first.id}/", logged_in(people.mads)
    few = questions(client, address)
    for kind in ("eml", "docx", "html", "mhtml", "msg"):
        on_case(people, case, kind)
    assert questions(client, address) == few
