"""Evidence on the pages: text first, the picture when asked for, the original as a download - each on record."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cases_kit import NOW, open_case
from tests.evidence.files import heic, html, png, upload
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from tests.web.case_kit import questions
from vaern.cases.models import Case
from vaern.evidence import queries, service
from vaern.evidence.facts import Item
from vaern.evidence.service.seeing import see

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people)


def on_case(people: Municipality, case: Case, name: str, data: bytes) -> Item:
    return service.take_in(actor=actor(people.anna), upload=upload(name, data), case_id=case.pk, now=NOW)


def acts(case: Case) -> list[str]:
    return [entry.act for entry in queries.custody(case.pk)]


def test_the_page_shows_no_picture_until_it_is_asked_for_and_counts(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "opslag.heic", heic())
    client, address = logged_in(people.mads), f"/case/{case.pk}/evidence/{item.id}/"
    page = client.get(address).content.decode()
    assert item.sha256 in page
    assert "vaern-picture" in page, "the blurred one"
    assert acts(case) == ["see_evidence", "take_in_evidence"], "opening the page is not looking at the picture"
    shown = client.post(f"{address}preview/").content.decode()
    assert "data:image/jpeg;base64," in shown
    assert acts(case) == ["preview_evidence", "see_evidence", "take_in_evidence"]
    again = client.get(address).content.decode()
    assert "Du har set det én gang. Ingen bør se det oftere end nødvendigt." in " ".join(again.split())


def test_the_original_comes_back_byte_for_byte_and_never_inline(people: Municipality, case: Case) -> None:
    data = png()
    item = on_case(people, case, "skærm.png", data)
    answer = logged_in(people.anna).post(f"/case/{case.pk}/evidence/{item.id}/download/")
    assert b"".join(answer.streaming_content) == data  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert acts(case)[0] == "download_evidence"


def test_a_web_page_as_evidence_is_never_shown_as_one(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "side.html", html())
    shown = logged_in(people.mads).post(f"/case/{case.pk}/evidence/{item.id}/preview/")
    assert b"<script>alert" not in shown.content


@pytest.mark.parametrize("who", ["karim", "olav", "adam", "xenia", "amalie", "lone", "signe"])
def test_those_without_a_part_find_nothing(people: Municipality, case: Case, who: str) -> None:
    item = on_case(people, case, "skærm.png", png())
    client, address = logged_in(getattr(people, who)), f"/case/{case.pk}/evidence/{item.id}/"
    assert client.get(address).status_code == 404
    assert client.post(f"{address}preview/").status_code == 404
    assert client.post(f"{address}download/").status_code == 404
    assert acts(case) == ["take_in_evidence"]


def test_the_evidence_of_another_case_is_not_found_through_this_one(people: Municipality, case: Case) -> None:
    other = open_case(people)
    item = on_case(people, other, "skærm.png", png())
    assert logged_in(people.mads).get(f"/case/{case.pk}/evidence/{item.id}/").status_code == 404


def test_one_bad_file_never_costs_the_good_ones_nor_the_note(people: Municipality, case: Case) -> None:
    files = [SimpleUploadedFile("god.png", png()), SimpleUploadedFile("tom.png", b"")]
    answer = logged_in(people.anna).post(
        f"/case/{case.pk}/take_in_evidence/", {"evidence": files, "note": "Opslaget fra i går"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "tom.png" in page
    assert "Opslaget fra i går" in page
    (item,) = queries.items_of_case(case.pk)
    assert (item.name, item.note) == ("god.png", "Opslaget fra i går")


def test_no_file_at_all_is_said_beside_the_field(people: Municipality, case: Case) -> None:
    answer = logged_in(people.anna).post(f"/case/{case.pk}/take_in_evidence/", {"note": ""})
    assert answer.status_code == 422
    assert "Vælg mindst én fil." in answer.content.decode()


def test_how_often_each_person_saw_it_and_fetched_it_stands_on_the_page(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "skærm.png", png())
    address = f"/case/{case.pk}/evidence/{item.id}/"
    mads, anna = logged_in(people.mads), logged_in(people.anna)
    for client, act, times in ((mads, "preview", 3), (mads, "download", 1), (anna, "preview", 1)):
        for _ in range(times):
            b"".join(client.post(f"{address}{act}/"))
    page = " ".join(mads.get(address).content.decode().split())
    assert (
        "<tr><td>Mads Madsen</td><td>3</td><td>1</td></tr><tr><td>Anna Ankersen</td><td>1</td><td>0</td></tr>" in page
    )
    assert "Du har set det 3 gange." in page
    assert "Du har set det én gang." in anna.get(address).content.decode()


def test_a_long_list_of_hands_goes_on_and_asks_no_more_questions(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "skærm.png", png())
    client, address = logged_in(people.mads), f"/case/{case.pk}/evidence/{item.id}/"
    few = questions(client, address)
    for minutes in range(70):
        see(actor=actor(people.anna), item=item, now=NOW + timedelta(minutes=minutes))
    assert questions(client, address) == few
    first = client.get(address).content.decode()
    older = re.search(r'href="([^"]+before=[^"]+)"', first)
    assert older is not None
    second = client.get(unescape(older[1])).content.decode()
    assert first.count("åbnede siden om et bevis<") == 50
    assert second.count("Anna Ankersen åbnede siden om et bevis<") > 20
    assert "afleverede et bevis" in second
