"""The affected employee's own page: hers alone, and everything she may say on it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.cases_kit import NOW, open_case, relations
from tests.evidence.files import png, upload
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from tests.web.case_kit import questions
from vaern.cases import service
from vaern.cases.models import Account, Case
from vaern.cases.service import see_case
from vaern.evidence import service as evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people)


def test_it_says_who_has_it_what_comes_next_and_when_she_last_heard(people: Municipality, case: Case) -> None:
    page = logged_in(people.anna).get(f"/case/{case.pk}/mine/").content.decode()
    assert "Mads Madsen har din sag" in page
    assert "Du hørte sidst noget" in page
    assert "Kontakt sekretariatet" in page
    assert "tel:60111144" in page


@pytest.mark.parametrize("who", ["mads", "karim", "olav", "adam", "xenia", "amalie", "lone"])
def test_it_is_hers_alone(people: Municipality, case: Case, who: str) -> None:
    client = logged_in(getattr(people, who))
    assert client.get(f"/case/{case.pk}/mine/").status_code == 404
    assert client.get(f"/case/{case.pk}/openings/").status_code == 404
    assert client.post(f"/case/{case.pk}/add_account/", {"text": "x"}).status_code == 404
    consent = {"consent": "police_report", "answer": "yes"}
    assert client.post(f"/case/{case.pk}/give_consent/", consent).status_code == 404


def test_an_internal_note_is_never_on_her_page_and_a_message_is(people: Municipality, case: Case) -> None:
    who = actor(people.mads)
    service.write_note(actor=who, case_id=case.pk, text="INTERNT: husk juristen", now=NOW)
    service.write_message(actor=who, case_id=case.pk, from_affected=False, text="Jeg ringer i dag", now=NOW)
    page = logged_in(people.anna).get(f"/case/{case.pk}/mine/").content.decode()
    assert "INTERNT" not in page
    assert "Jeg ringer i dag" in page


def test_she_adds_to_her_account_and_what_she_wrote_before_stays(people: Municipality, case: Case) -> None:
    client = logged_in(people.anna)
    for words in ("Først <b>så</b> jeg opslaget", "Senere kom der flere"):
        assert client.post(f"/case/{case.pk}/add_account/", {"text": words}).status_code == 302
    texts = list(Account.objects.filter(case=case).order_by("pk").values_list("text", flat=True))
    assert texts[-2:] == ["Først <b>så</b> jeg opslaget", "Senere kom der flere"]
    page = client.get(f"/case/{case.pk}/mine/").content.decode()
    assert "Først &lt;b&gt;så&lt;/b&gt; jeg opslaget" in page


def test_an_empty_account_is_refused_beside_its_field(people: Municipality, case: Case) -> None:
    answer = logged_in(people.anna).post(f"/case/{case.pk}/add_account/", {"text": "  "})
    assert answer.status_code == 422
    assert "Skriv noget, før du gemmer." in answer.content.decode()


def test_consent_is_given_changed_and_taken_back(people: Municipality, case: Case) -> None:
    client = logged_in(people.anna)
    for answer in ("yes", "no", "unknown"):
        given = {"consent": "amr_reads", "answer": answer}
        assert client.post(f"/case/{case.pk}/give_consent/", given).status_code == 302
        assert Case.objects.get(pk=case.pk).consents["amr_reads"] == answer
        assert ("amr_reads" in relations(people.amalie, case)) is (answer == "yes")


def test_an_answer_that_is_none_changes_nothing(people: Municipality, case: Case) -> None:
    client = logged_in(people.anna)
    client.post(f"/case/{case.pk}/give_consent/", {"consent": "amr_reads", "answer": "måske"})
    client.post(f"/case/{case.pk}/give_consent/", {"consent": "noget_andet", "answer": "yes"})
    assert Case.objects.get(pk=case.pk).consents == {}


def test_she_reads_who_has_opened_it(people: Municipality, case: Case) -> None:
    logged_in(people.mads).get(f"/case/{case.pk}/")
    page = logged_in(people.anna).get(f"/case/{case.pk}/openings/").content.decode()
    assert "Mads Madsen" in page
    assert "åbnede sagen" in page
    assert page.count("åbnede sagen<") == 1


def test_she_reads_who_did_what_with_which_piece_of_evidence(people: Municipality, case: Case) -> None:
    item = evidence.take_in(actor=actor(people.anna), upload=upload("opslag.png", png()), case_id=case.pk, now=NOW)
    mads, address = logged_in(people.mads), f"/case/{case.pk}/evidence/{item.id}/"
    mads.get(address)
    mads.post(f"{address}preview/")
    mads.post(f"{address}download/").getvalue()  # type: ignore[attr-defined]
    page = logged_in(people.anna).get(f"/case/{case.pk}/openings/").content.decode()
    said = [
        "Mads Madsen hentede et bevis: bevis 1, opslag.png",
        "Mads Madsen så et bevis: bevis 1, opslag.png",
        "Mads Madsen åbnede siden om et bevis: bevis 1, opslag.png",
        "Anna Ankersen afleverede et bevis: bevis 1, opslag.png",
    ]
    places = [page.index(words) for words in said]
    assert places == sorted(places), "the newest first"


def test_a_long_list_goes_on_and_asks_no_more_questions(people: Municipality, case: Case) -> None:
    client, address = logged_in(people.anna), f"/case/{case.pk}/openings/"
    see_case(actor=actor(people.mads), case=case, page="case", now=NOW)
    few = questions(client, address)
    for minutes in range(120):
        see_case(actor=actor(people.mads), case=case, page="case", now=NOW + timedelta(minutes=minutes))
    assert questions(client, address) == few
    first = client.get(address).content.decode()
    older = re.search(r'href="([^"]+before=[^"]+)"', first)
    assert first.count("åbnede sagen<") == 100
    assert older is not None
    assert client.get(unescape(older[1])).content.decode().count("åbnede sagen<") == 21
    assert client.get(f"{address}?before=0001-01-01T00:00:00%2B23:00").status_code == 200
