"""The pages of handovers: from the duty to the receipt, with what is missing said first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cases_kit import NOW, open_case
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from tests.web.case_kit import at, questions
from vaern.cases.models import Case
from vaern.handover import queries, service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vault_folder(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE, settings.KEYS = tmp_path / "evidence", tmp_path / "keys"


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


ANSWERS = {
    "happened_on": "2026-11-16", "discovered_on": "", "kind": "threat", "place": "Facebook", "course": "Kort.",
    "affected": "Anna", "unit": "Jobcenter", "manager": "Mads", "injury": "", "absence": "", "done": "Talt med hende.",
    "prevention": "",
}  # fmt: skip


def test_from_the_duty_to_the_receipt(people: Municipality) -> None:
    case, client = open_case(people), logged_in(people.mads)
    duty = at("fulfil_duty", case, duty="register_incident")
    assert at("start_handover", case) in text(client, duty)
    assert at("see_handovers", case) in text(client, at("see_case", case))
    begun = client.post(at("start_handover", case), {"channel": "safetynet", "duty": "register_incident"})
    (handover,) = queries.handovers_of_case(case.pk)
    assert begun["Location"] == at("fill_handover", case, handover=handover.id)
    filling = text(client, begun["Location"])
    assert "Et opslag med mit navn og billede." in filling
    assert people.anna.name in filling
    page = at("see_handover", case, handover=handover.id)
    assert "Det her mangler" in text(client, page)
    assert "Gem kvitteringen" not in text(client, page)
    assert client.post(begun["Location"], {**ANSWERS, "seen": 1}).status_code == 302
    shown = text(client, page)
    assert "Det her mangler" not in shown
    assert 'value="16-11-2026"' in shown
    assert 'value="Trusler"' in shown
    empty = client.post(at("confirm_handover", case, handover=handover.id), {"reference": ""})
    assert empty.status_code == 422
    assert "Skriv det nummer eller den kvittering, du fik." in empty.content.decode()
    done = client.post(at("confirm_handover", case, handover=handover.id), {"reference": "SN-17"}, follow=True)
    assert "Kvitteringen er gemt." in done.content.decode()
    assert "Modtaget" in text(client, page)
    assert "SN-17" in text(client, duty)


def test_a_file_is_an_inert_attachment(people: Municipality) -> None:
    case, client = open_case(people), logged_in(people.mads)
    made = service.start_handover(actor=actor(people.mads), case_id=case.pk, channel="defgo", now=NOW)
    for kind in ("csv", "json", "../x"):
        sent = client.post(at("download_handover", case, handover=made.id), {"kind": kind})
        assert sent["Content-Disposition"].startswith("attachment")
        assert sent["Content-Type"] == "application/octet-stream"
        assert "sandbox" in sent["Content-Security-Policy"]
        assert ".." not in sent["Content-Disposition"]


def test_what_was_typed_stays_when_something_is_wrong(people: Municipality) -> None:
    case, client = open_case(people), logged_in(people.mads)
    made = service.start_handover(actor=actor(people.mads), case_id=case.pk, channel="safetynet", now=NOW)
    page = at("fill_handover", case, handover=made.id)
    wrong = client.post(page, {**ANSWERS, "happened_on": "i går", "done": "Ringede kl. 9", "seen": 1})
    assert wrong.status_code == 422
    assert "Ringede kl. 9" in wrong.content.decode()
    assert client.post(page, {**ANSWERS, "seen": 1}).status_code == 302
    late = client.post(page, {**ANSWERS, "done": "En andens ord", "seen": 1})
    assert late.status_code == 422
    assert "En anden har skrevet i skemaet imens" in late.content.decode()
    assert "En andens ord" in late.content.decode()


def test_a_handover_of_another_case_is_not_found(people: Municipality) -> None:
    case, other = open_case(people), open_case(people)
    made = service.start_handover(actor=actor(people.mads), case_id=case.pk, channel="safetynet", now=NOW)
    client = logged_in(people.mads)
    for name in ("see_handover", "fill_handover"):
        assert client.get(at(name, other, handover=made.id)).status_code == 404
    for name in ("download_handover", "send_handover", "keep_halfway", "confirm_handover"):
        assert client.post(at(name, other, handover=made.id), {"reference": "x"}).status_code == 404


def test_the_list_asks_as_many_questions_for_ten_as_for_one(people: Municipality) -> None:
    case, client = open_case(people), logged_in(people.mads)
    start = {"actor": actor(people.mads), "case_id": case.pk, "now": NOW}
    service.start_handover(channel="safetynet", **start)
    one = questions(client, at("see_handovers", case))
    for channel in ("easy", "defgo", "police", "esdh", "platform", "crisis_help"):
        service.start_handover(channel=channel, **start)
    assert questions(client, at("see_handovers", case)) == one


def test_a_draft_that_lies_in_easy_says_that_it_is_not_done(people: Municipality) -> None:
    case: Case = open_case(people)
    client = logged_in(people.mads)
    made = service.start_handover(actor=actor(people.mads), case_id=case.pk, channel="easy", now=NOW)
    client.post(at("keep_halfway", case, handover=made.id))
    assert "Kladde i systemet: ikke afleveret" in text(client, at("see_handover", case, handover=made.id))


def test_what_is_missing_is_said_in_the_readers_language(people: Municipality) -> None:
    case, client = open_case(people), logged_in(people.mads)
    made = service.start_handover(actor=actor(people.mads), case_id=case.pk, channel="safetynet", duty="", now=NOW)
    client.cookies["django_language"] = "en"
    answer = client.post(at("confirm_handover", case, handover=made.id), {"reference": "SN-1"})
    said = answer.content.decode()
    assert answer.status_code == 422
    line = said[said.index("This is missing") :].partition("<")[0]
    assert "Date of the incident, Kind of incident" in line, line
    assert not set("æøå") & set(line.lower()), line
