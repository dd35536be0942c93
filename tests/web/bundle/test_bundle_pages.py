"""The pages of a bundle: asked for with purpose and recipient, read by the employee, fetched and locked."""

from __future__ import annotations

import pyrage
import pytest
from django.test import Client

from tests.bundle.kit import a_case, make
from tests.people_kit import Municipality, a_municipality, logged_in
from tests.web.case_kit import at, questions
from vaern.bundle import queries
from vaern.cases.models import Case
from vaern.evidence.facts import Item

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ASKED = {"purpose": "Anmeldelse af trusler", "recipient": "Østjyllands Politi"}


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


@pytest.fixture
def made(people: Municipality) -> tuple[Case, list[Item]]:
    return a_case(people)


def asked(client: Client, case: Case, items: list[Item], **more: object) -> object:
    return client.post(at("make_bundle", case), {**ASKED, "items": [str(one.id) for one in items], **more})


def test_from_the_case_to_the_file(people: Municipality, made: tuple[Case, list[Item]]) -> None:
    case, items = made
    client = logged_in(people.mads)
    assert at("see_bundles", case) in client.get(at("see_case", case)).content.decode()
    page = client.get(at("make_bundle", case)).content.decode()
    assert page.count("checked") == len(items), "everything is chosen beforehand"
    answer = client.post(at("make_bundle", case), {**ASKED, "items": [str(one.id) for one in items]})
    assert answer["Location"] == at("see_bundles", case)
    assert "ved at blive lavet" in client.get(at("see_bundles", case)).content.decode()
    (bundle,) = queries.bundles_of_case(case.pk)
    done = make(bundle)
    page = client.get(at("see_bundles", case)).content.decode()
    assert all(said in page for said in (*ASKED.values(), done.sha256, "Færdig", people.mads.name))
    words = "fire ord er nok her"
    sent = client.post(
        at("download_bundle", case, bundle=bundle.id), {"how": "passphrase", "passphrase": words, "again": words}
    )
    data = b"".join(sent.streaming_content)  # type: ignore[attr-defined]
    assert pyrage.passphrase.decrypt(data, words)[:4] == b"PK\x03\x04"
    assert sent["Content-Type"] == "application/octet-stream"
    assert sent["Content-Disposition"].endswith('.zip.age"')
    assert "sandbox" in sent["Content-Security-Policy"]


def test_the_employee_reads_who_was_given_it_and_why_and_fetches_nothing(
    people: Municipality, made: tuple[Case, list[Item]]
) -> None:
    case, items = made
    asked(logged_in(people.mads), case, items)
    client = logged_in(people.anna)
    assert at("see_bundles", case) in client.get(at("see_my_case", case)).content.decode()
    page = client.get(at("see_bundles", case)).content.decode()
    assert all(said in page for said in ASKED.values())
    assert "Lav en bevispakke" not in page
    assert client.get(at("make_bundle", case)).status_code == 404


def test_what_is_missing_stands_beside_its_field_and_nothing_typed_is_lost(
    people: Municipality, made: tuple[Case, list[Item]]
) -> None:
    case, items = made
    answer = logged_in(people.mads).post(
        at("make_bundle", case), {"purpose": "", "recipient": "Advokat <b>Berg</b>", "items": [str(items[0].id)]}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv, hvad pakken skal bruges til." in page
    assert "Advokat &lt;b&gt;Berg&lt;/b&gt;" in page
    assert page.count("checked") == 1
    assert queries.bundles_of_case(case.pk) == []


@pytest.mark.parametrize("items", [["not-an-id"], ["00000000-0000-4000-8000-000000000000"], [""]])
def test_an_item_that_is_not_there_is_refused_in_words(
    people: Municipality, made: tuple[Case, list[Item]], items: list[str]
) -> None:
    answer = logged_in(people.mads).post(at("make_bundle", made[0]), {**ASKED, "items": items})
    assert answer.status_code == 422


def test_a_passphrase_is_never_shown_again(people: Municipality, made: tuple[Case, list[Item]]) -> None:
    case, items = made
    client = logged_in(people.mads)
    asked(client, case, items)
    bundle = make(queries.bundles_of_case(case.pk)[0])
    given = {"how": "passphrase", "passphrase": "et langt kodeord 123", "again": "et andet"}
    answer = client.post(at("download_bundle", case, bundle=bundle.id), given)
    assert answer.status_code == 422
    assert "De to kodeord er ikke ens." in answer.content.decode()
    assert "et langt kodeord 123" not in answer.content.decode()


def test_another_cases_bundle_is_not_there(people: Municipality, made: tuple[Case, list[Item]]) -> None:
    case, items = made
    client = logged_in(people.mads)
    asked(client, case, items)
    (bundle,) = queries.bundles_of_case(case.pk)
    other = Case.objects.exclude(pk=case.pk).get()
    assert client.get(at("download_bundle", other, bundle=bundle.id)).status_code == 404


def test_the_pages_ask_the_database_as_often_for_many_as_for_one(
    people: Municipality, made: tuple[Case, list[Item]]
) -> None:
    case, items = made
    client = logged_in(people.mads)
    asked(client, case, items)
    few = questions(client, at("see_bundles", case))
    for _ in range(5):
        asked(client, case, items)
    assert questions(client, at("see_bundles", case)) == few <= 20


def test_in_english(people: Municipality, made: tuple[Case, list[Item]]) -> None:
    client = logged_in(people.mads)
    client.cookies["django_language"] = "en"
    assert "Make a bundle of evidence" in client.get(at("make_bundle", made[0])).content.decode()
    assert "Bundles of evidence" in client.get(at("see_bundles", made[0])).content.decode()
