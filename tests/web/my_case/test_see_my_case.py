"""The affected employee's own page: hers alone, and everything she may say on it."""

from __future__ import annotations

import pytest

from tests.cases_kit import NOW, open_case, relations
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from vaern.cases import queries, service
from vaern.cases.models import Account, Case

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
    assert [entry.actor_id for entry in queries.openings(case)] == [people.mads.pk]
