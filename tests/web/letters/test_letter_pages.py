"""The pages of letters: from the duty to the list, written, approved, fetched and sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.letters.kit import CLEAN, a_case, again, begun, made, ready, sent, written
from tests.people_kit import Municipality, a_municipality, logged_in
from tests.web.case_kit import at, questions
from vaern.cases.models import Case
from vaern.letters import queries, service
from vaern.letters.facts import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def vault_folder(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE, settings.KEYS = tmp_path / "evidence", tmp_path / "keys"


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


def words(letter: Letter, **changes: Any) -> dict[str, Any]:
    typed = {"recipient": "Birger Borger", "subject": "Om navne", "text": CLEAN, "grounds": "Tre navne."}
    return {**typed, "seen": letter.version, **changes}


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_from_the_duty_to_an_answered_letter(people: Municipality) -> None:
    case, client = a_case(people), logged_in(people.mads)
    begin = at("draft_letter", case)
    assert f"{begin}?template=to_author" in text(client, at("fulfil_duty", case, duty="letter_to_author"))
    assert at("see_letters", case) in text(client, at("see_case", case))
    answer = client.post(begin, {"template": "to_author"})
    (letter,) = queries.letters_of_case(case.pk)
    assert answer["Location"] == at("write_letter", case, letter=letter.id)
    assert client.post(answer["Location"], words(letter)).status_code == 302
    page, letter = at("see_letter", case, letter=letter.id), again(letter)
    assert "bliver lavet som fil" in text(client, page)
    made(letter)
    assert "Du godkender præcis den fil" in text(client, page)
    client.post(at("approve_letter", case, letter=letter.id), {"seen": letter.version})
    fetched = client.post(at("download_letter", case, letter=letter.id), {"kind": "pdf"})
    assert b"".join(fetched.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert "sandbox" in fetched["Content-Security-Policy"]
    assert "attachment" in fetched["Content-Disposition"]
    client.post(at("send_letter", case, letter=letter.id), {"how": "print", "note": "Anbefalet"})
    client.post(at("confirm_letter", case, letter=letter.id), {"confirmed_as": "answered", "note": "Navnene er væk."})
    shown = text(client, page)
    assert all(said in shown for said in ("Bekræftet", "Der er kommet svar", "Navnene er væk.", "Anbefalet"))
    assert "Brev 1" in text(client, at("fulfil_duty", case, duty="letter_to_author"))


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(people: Municipality) -> None:
    case, client = a_case(people), logged_in(people.mads)
    letter = begun(people, case)
    made(letter)
    late = client.post(at("write_letter", case, letter=letter.id), words(letter, seen=99, text="Mit lange brev"))
    assert late.status_code == 422
    assert "Mit lange brev" in late.content.decode()
    assert "imens" in late.content.decode()
    answer = client.post(at("approve_letter", case, letter=letter.id), {"seen": letter.version})
    assert answer.status_code == 422
    assert "ikke i sig selv ulovligt" in answer.content.decode()
    unsent = client.post(at("send_letter", case, letter=letter.id), {"how": "print"})
    assert unsent.status_code == 422
    assert "skal godkendes" in unsent.content.decode()


def test_before_there_is_evidence_the_page_says_why_not(people: Municipality) -> None:
    case = a_case(people, with_evidence=False)
    answer = logged_in(people.mads).post(at("draft_letter", case), {"template": "to_author"})
    assert answer.status_code == 422
    assert "Læg beviset på sagen først" in answer.content.decode()
    assert queries.letters_of_case(case.pk) == []


def test_what_is_found_is_shown_with_its_place_and_why(people: Municipality) -> None:
    case = a_case(people)
    letter = written(people, begun(people, case), text="Hej\n\nRing til Anna på 22 33 44 55.")
    shown = text(logged_in(people.mads), at("see_letter", case, letter=letter.id))
    assert all(said in shown for said in ("22 33 44 55", "Anna", "linje 3", "telefonnummer"))


def test_an_approved_letter_is_taken_back_and_written_again(people: Municipality) -> None:
    case, client = a_case(people), logged_in(people.mads)
    letter = ready(people, case)
    assert "kan ikke ændres" in text(client, at("write_letter", case, letter=letter.id))
    answer = client.post(at("reopen_letter", case, letter=letter.id))
    assert answer["Location"] == at("write_letter", case, letter=letter.id)
    assert again(letter).state == "draft"
    client.post(at("reopen_letter", case, letter=letter.id))
    assert "som brevet står nu" in text(client, at("see_letter", case, letter=letter.id))


def test_no_mail_is_offered_where_none_is_allowed(people: Municipality) -> None:
    case, client = a_case(people), logged_in(people.mads)
    letter = ready(people, case)
    assert "Send det nu som mail" not in text(client, at("see_letter", case, letter=letter.id))
    answer = client.post(at("send_letter", case, letter=letter.id), {"how": "email"})
    assert answer.status_code == 422
    assert "Der kan ikke sendes mail herfra" in answer.content.decode()


def test_it_is_there_in_english_with_the_letter_marked_as_danish(people: Municipality) -> None:
    case = a_case(people)
    letter = written(people, begun(people, case))
    client = logged_in(people.mads)
    client.cookies["django_language"] = "en"
    shown = text(client, at("see_letter", case, letter=letter.id))
    assert "Approve the letter" in shown
    assert 'lang="da"' in shown


def test_the_pages_ask_no_more_with_more_letters(people: Municipality) -> None:
    case, client = a_case(people), logged_in(people.mads)
    begun(people, case)
    few = questions(client, at("see_letters", case))
    for template in ("tell_head", "ask_legal", "remove_names"):
        begun(people, case, template)
    assert questions(client, at("see_letters", case)) == few


def test_a_letter_of_another_case_is_not_found(people: Municipality) -> None:
    case, other = a_case(people), a_case(people)
    letter = sent(people, case, ready(people, case))
    client = logged_in(people.mads)
    assert client.get(at("see_letter", other, letter=letter.id)).status_code == 404
    for name in ("approve_letter", "reopen_letter", "send_letter", "confirm_letter", "download_letter"):
        assert client.post(at(name, other, letter=letter.id)).status_code == 404, name


def test_whose_case_it_is_not_sees_none_of_it(people: Municipality) -> None:
    case: Case = a_case(people)
    letter = begun(people, case)
    for who in (people.anna, people.olav, people.amalie):
        assert logged_in(who).get(at("see_letter", case, letter=letter.id)).status_code == 404


def test_digital_post_is_offered_where_it_is_set_up_and_asks_for_the_number(
    people: Municipality, settings: Any, tmp_path: Path
) -> None:
    case, client = a_case(people), logged_in(people.mads)
    letter = ready(people, case)
    assert "Send det nu som Digital Post" not in text(client, at("see_letter", case, letter=letter.id))
    settings.HANDOVER = {
        "digital_post": {"way": "drop", "folder": str(tmp_path), "cvr": "12345674", "sender": "Eksempelby"}
    }
    assert "Send det nu som Digital Post" in text(client, at("see_letter", case, letter=letter.id))
    asked = {"how": "digital_post", "number": "070761-1234567", "note": "HUSK-DEN"}
    answer = client.post(at("send_letter", case, letter=letter.id), asked)
    assert answer.status_code == 422
    for words in ("10 cifre", "070761-1234567", "HUSK-DEN"):
        assert words in answer.content.decode()
    client.post(at("send_letter", case, letter=letter.id), {**asked, "number": "070761-4285"})
    assert "Brevet er ved at blive sendt." in text(client, at("see_letter", case, letter=letter.id))
    service.mail_letter(letter=str(letter.id))
    shown = text(client, at("see_letter", case, letter=letter.id))
    assert "Sendt som Digital Post" in shown
    assert "070761" not in shown


def test_evidence_is_chosen_as_an_enclosure_and_stays_chosen_when_something_is_wrong(people: Municipality) -> None:
    case, client = a_case(people), logged_in(people.mads)
    letter = begun(people, case)
    (item,) = service.enclosable(case.pk)
    page = at("write_letter", case, letter=letter.id)
    assert f'value="{item.id}"' in text(client, page)
    wrong = client.post(page, {**words(letter, subject="x" * 201), "enclosures": [str(item.id)]})
    assert wrong.status_code == 422
    tick = wrong.content.decode().partition(f'value="{item.id}"')[2].partition(">")[0]
    assert "checked" in tick
    assert client.post(page, {**words(letter), "enclosures": [str(item.id)]}).status_code == 302
    shown = text(client, at("see_letter", case, letter=letter.id))
    assert "Bevis 1: opslag.png" in shown
    stranger = client.post(page, {**words(queries.letter(case.pk, letter.id)), "enclosures": [str(case.pk)]})
    assert stranger.status_code == 422
