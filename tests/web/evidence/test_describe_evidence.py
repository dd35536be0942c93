"""Telling more about a piece of evidence, and seeing what is known: said and found, side by side."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cases_kit import NOW, open_case
from tests.evidence import files
from tests.evidence.files import upload
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from tests.web.case_kit import at, questions
from vaern.cases import service as cases
from vaern.cases.models import Case
from vaern.evidence import queries, service
from vaern.evidence.facts import Box, Item, Said

pytestmark = pytest.mark.django_db
LINK = "https://www.facebook.com/anna/posts/1"


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people, link=LINK)


def taken_in(people: Municipality, case: Case, name: str = "foto.jpg", data: bytes = b"") -> Item:
    return service.take_in(
        actor=actor(people.anna), upload=upload(name, data or files.jpeg()), case_id=case.pk, now=NOW
    )  # fmt: skip


def page_of(client: Client, case: Case, item: Item) -> str:
    return str(client.get(at("see_evidence", case, item=item.id)).content.decode())


def told(client: Client, case: Case, item: Item, **answers: str) -> object:
    return client.post(at("describe_evidence", case, item=item.id), {"seen": "1", **answers}, follow=True)


def test_what_the_file_says_stands_apart_from_what_nobody_told(people: Municipality, case: Case) -> None:
    page = page_of(logged_in(people.anna), case, taken_in(people, case))
    said, found = page.split("Det står i filen")
    assert "Ingen har fortalt om det endnu" in said
    assert "Opdigtet Telefon" in found
    assert "Opdigtet Telefon" not in said


def test_what_is_told_is_shown_with_who_told_it_and_what_is_not_known(people: Municipality, case: Case) -> None:
    item, client = taken_in(people, case), logged_in(people.anna)
    told(client, case, item, context="comment", taken_by="Mig selv", group_closed="yes", shares="3")
    page = page_of(client, case, item)
    assert "En kommentar" in page
    assert "Mig selv" in page
    assert "Skrevet af Anna Ankersen" in page
    assert "Adresse (link) Ved ikke." in page
    assert "fortalte mere om et bevis" in page, "the list of hands"


def test_two_tellings_that_differ_are_pointed_out_and_both_stay(people: Municipality, case: Case) -> None:
    item, client = taken_in(people, case, "side.mhtml", files.mhtml()), logged_in(people.mads)
    told(client, case, item, url="https://example.org/opslag/2")
    page = page_of(client, case, item)
    assert "To oplysninger passer ikke sammen" in page
    assert "gemt fra https://example.org/opslag/1. Der er skrevet https://example.org/opslag/2." in page


def test_the_words_of_a_mails_subject_are_asked_for_and_not_met(people: Municipality, case: Case) -> None:
    page = page_of(logged_in(people.anna), case, taken_in(people, case, "mail.eml", files.eml()))
    seen, folded = page.split("Vis emne eller titel")
    assert "Vred Borger" in seen
    assert "Du skal passe på" not in seen
    assert "Du skal passe på" in folded


def test_a_masked_copy_is_told_of_its_original(people: Municipality, case: Case) -> None:
    item, who = taken_in(people, case), actor(people.mads)
    copy = service.mask_evidence(
        actor=who, relations={"manager"}, item=item, boxes=[Box(1000, 1000, 2000, 2000)], now=NOW
    )
    client = logged_in(people.mads)
    assert "Hvad vi ved om det" not in page_of(client, case, copy)
    assert client.get(at("describe_evidence", case, item=copy.id)).status_code == 404


def test_when_the_report_says_it_was_posted_is_compared_too_and_said_to_be_the_reports(people: Municipality) -> None:
    case = open_case(people, posted_on="2026-11-16", posted_at="20:00")
    page = page_of(logged_in(people.mads), case, taken_in(people, case, "mail.eml", files.eml()))
    assert (
        "sendt 20. november 2026 kl. 21.19. Der er skrevet 16. november 2026 kl. 20:00. Det står i meldingen." in page
    )


def test_a_correction_leaves_what_stood_there_to_be_read(people: Municipality, case: Case) -> None:
    item, client = taken_in(people, case), logged_in(people.mads)
    told(client, case, item, taken_by="Karim")
    told(client, case, item, taken_by="Anna", seen="2")
    page = page_of(client, case, item)
    assert "Det stod der før (1 udgave)" in page
    assert "Karim" in page


def test_who_wrote_on_an_old_page_sees_what_stands_there_now_and_can_then_save(
    people: Municipality, case: Case
) -> None:
    item, client = taken_in(people, case), logged_in(people.mads)
    told(logged_in(people.anna), case, item, taken_by="Anna")
    answer = client.post(at("describe_evidence", case, item=item.id), {"seen": "1", "taken_by": "Karim"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "En anden har skrevet om beviset imens" in page
    assert "<dd>Anna</dd>" in page
    assert 'name="seen" value="2"' in page
    assert 'value="Karim"' in page
    told(client, case, item, taken_by="Karim", seen="2")
    assert queries.provenance(item.id)[0].said.taken_by == "Karim"


@pytest.mark.parametrize(("who", "sees"), [("anna", True), ("mads", True), ("hanne", False)])
def test_where_a_photo_was_taken_is_for_those_who_may_have_the_photo(
    people: Municipality, case: Case, who: str, sees: bool
) -> None:
    item = taken_in(people, case)
    cases.bring_in(
        actor=actor(people.mads), case_id=case.pk, user_id=people.hanne.pk, role="hr", reason="Hjælp", now=NOW
    )
    page = page_of(logged_in(getattr(people, who)), case, item)
    assert ("57.04880" in page) is sees
    assert ("Kun de, der må hente filen" in page) is not sees


def test_who_only_reads_is_offered_no_form_and_has_none(people: Municipality, case: Case) -> None:
    item = taken_in(people, case)
    cases.bring_in(
        actor=actor(people.mads), case_id=case.pk, user_id=people.hanne.pk, role="hr", reason="Hjælp", now=NOW
    )
    client = logged_in(people.hanne)
    assert "Fortæl mere om det" not in page_of(client, case, item)
    assert client.get(at("describe_evidence", case, item=item.id)).status_code == 404


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(people: Municipality, case: Case) -> None:
    item, client = taken_in(people, case), logged_in(people.anna)
    given = {"seen": "1", "shares": "mange", "taken_by": "Min søster", "posted_on": "i går"}
    answer = client.post(at("describe_evidence", case, item=item.id), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_shares_error"' in page
    assert "Skriv et helt tal" in page
    assert "Min søster" in page
    assert '<details class="vaern-details" open>' in page, "a fault is never folded away"
    assert len(queries.provenance(item.id)) == 1


def test_the_first_questions_are_few_and_none_is_needed(people: Municipality, case: Case) -> None:
    item, client = taken_in(people, case), logged_in(people.anna)
    page = client.get(at("describe_evidence", case, item=item.id))
    form = page.context["form"]
    assert len(form.first) <= 7
    assert "Linket i sagen er" in page.content.decode()
    assert client.post(at("describe_evidence", case, item=item.id), {"seen": "1"}).status_code == 302


def test_an_address_that_is_on_the_case_already_is_pointed_out_when_a_file_comes(
    people: Municipality, case: Case
) -> None:
    client = logged_in(people.anna)
    first = SimpleUploadedFile("a.png", files.png())
    where = "https://m.facebook.com/Anna/posts/1/?fbclid=abc"
    answer = client.post(at("take_in_evidence", case), {"evidence": first, "url": where}, follow=True)
    assert "Samme adresse som linket i sagen." in answer.content.decode()
    second = SimpleUploadedFile("b.jpg", files.jpeg())
    answer = client.post(at("take_in_evidence", case), {"evidence": second, "url": LINK}, follow=True)
    assert "Samme adresse som bevis 1." in answer.content.decode()
    both = queries.items_of_case(case.pk)
    assert [queries.provenance(one.id)[0].said for one in both] == [Said(url=where), Said(url=LINK)]
    assert "Samme adresse som bevis 1." in page_of(client, case, both[1])


def test_an_address_that_is_none_is_said_once_and_no_file_is_taken_in(people: Municipality, case: Case) -> None:
    sent = [SimpleUploadedFile("a.png", files.png()), SimpleUploadedFile("b.jpg", files.jpeg())]
    answer = logged_in(people.anna).post(at("take_in_evidence", case), {"evidence": sent, "url": "facebook"})
    assert answer.status_code == 422
    assert answer.content.decode().count("Adressen skal begynde med") == 2, "above the form and beside the field"
    assert queries.items_of_case(case.pk) == []


def test_the_page_asks_as_many_questions_for_much_as_for_little(people: Municipality, case: Case) -> None:
    item, client = taken_in(people, case), logged_in(people.mads)
    told(client, case, item, url=LINK, taken_by="Anna")
    few = questions(client, at("see_evidence", case, item=item.id))
    for seen in range(2, 8):
        told(client, case, item, url=LINK, taken_by=f"Anna {seen}", seen=str(seen))
    for number in range(6):
        taken_in(people, case, f"note {number}.txt", f"Note {number}".encode())
    assert questions(client, at("see_evidence", case, item=item.id)) == few
