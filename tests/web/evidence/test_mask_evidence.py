"""Covering something up, by number and by word, and who then sees what."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.cases_kit import NOW, open_case
from tests.evidence.files import jpeg, pdf, png, upload
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from vaern.cases import service as cases
from vaern.cases.models import Case
from vaern.evidence import queries, service
from vaern.evidence.facts import Item

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LETTER = "Hej Anna Ankersen.\nJeg ved, hvor Annas børn går i skole.\n"


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people)


def on_case(people: Municipality, case: Case, name: str, data: bytes) -> Item:
    return service.take_in(actor=actor(people.anna), upload=upload(name, data), case_id=case.pk, now=NOW)


def at(case: Case, item: Item, act: str = "mask_evidence") -> str:
    return f"/case/{case.pk}/evidence/{item.id}/{act}/"


def boxes(*rows: tuple[str, str, str, str], total: int = 0, **more: str) -> dict[str, str]:
    sides = ("left", "top", "width", "height")
    given = {f"box-{n}-{side}": value for n, row in enumerate(rows) for side, value in zip(sides, row, strict=True)}
    forms = {"box-TOTAL_FORMS": str(total or len(rows)), "box-INITIAL_FORMS": "0"}
    return {"go": "keep", "note": "", **forms, **given, **more}


def downloaded(client: Any, case: Case, item: Item) -> bytes:
    return b"".join(client.post(at(case, item, "download")).streaming_content)


def test_a_box_by_number_makes_a_copy_with_nothing_under_it(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "Peter Petersen.png", png())
    client = logged_in(people.mads)
    answer = client.post(at(case, item), boxes(("0", "0", "50", "25"), total=4))
    copy = queries.items_of_case(case.pk)[1]
    assert answer["Location"] == f"/case/{case.pk}/evidence/{copy.id}/"
    assert (copy.derived_from, copy.made_by, copy.number) == (item.id, "mask", 2)
    assert copy.how["boxes"] == [[0, 0, 5000, 2500]]
    assert "Peter" not in copy.name
    made = Image.open(BytesIO(downloaded(client, case, copy)))
    assert made.crop((0, 0, 540, 570)).getcolors() == [(540 * 570, (0, 0, 0))]
    assert made.crop((540, 570, 1080, 2280)).getextrema() != ((0, 0),) * 3
    assert [entry.act for entry in queries.custody(case.pk)][:2] == ["download_evidence", "mask_evidence"]
    page = client.get(f"/case/{case.pk}/evidence/{item.id}/").content.decode()
    assert "lavede en maskeret udgave" in page
    assert copy.name in page
    made_how = client.get(f"/case/{case.pk}/evidence/{copy.id}/").content.decode()
    assert "Sådan blev det lavet" in made_how
    assert "<dt>Felter, der er dækket</dt><dd>1</dd>" in made_how


def test_nothing_is_shown_before_it_is_asked_for_and_each_look_is_on_record(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "opslag.jpg", jpeg())
    client = logged_in(people.mads)
    assert "data:image/jpeg" not in client.get(at(case, item)).content.decode()
    assert "data:image/jpeg" in client.post(at(case, item), {"go": "show"}).content.decode()
    shown = client.post(at(case, item), boxes(("10", "20.5", "30", "40"), go="look")).content.decode()
    assert re.search(r'<rect x="10%" y="20.5%" width="30%" height="40%"', shown)
    assert shown.count("data-box>") == 1 + 3 + 1, "the box, three empty rows, and the one script copies"
    assert [entry.act for entry in queries.custody(case.pk)] == ["preview_evidence"] * 2 + ["take_in_evidence"]
    assert len(queries.items_of_case(case.pk)) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("10", "10", "", "10"), "Skriv alle fire tal"),
        (("10", "10", "101", "10"), "100"),
        (("x", "10", "10", "10"), "Felt 1"),
        (("100", "0", "5", "5"), "uden for billedet"),
        (("10", "10", "0", "5"), "uden for billedet"),
        (("", "", "", ""), "mindst ét sted"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    people: Municipality, case: Case, row: tuple[str, str, str, str], said: str
) -> None:
    item = on_case(people, case, "opslag.png", png())
    answer = logged_in(people.mads).post(at(case, item), boxes(row, note="Opslaget uden ansigt"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Opslaget uden ansigt" in page
    assert all(f'value="{value}"' in page for value in row if value)
    assert len(queries.items_of_case(case.pk)) == 1


def test_words_are_covered_wherever_they_stand(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "sms.txt", LETTER.encode())
    client = logged_in(people.anna)
    assert "børn går i skole" in client.post(at(case, item), {"go": "show"}).content.decode()
    client.post(at(case, item), {"go": "keep", "phrases": "anna\r\nAnkersen", "note": ""})
    copy = queries.items_of_case(case.pk)[1]
    assert downloaded(client, case, copy).decode() == ("Hej █████ █████.\nJeg ved, hvor █████ børn går i skole.\n")
    assert copy.how["words"] == [1, 2, 6]
    again = client.post(at(case, item), {"go": "show"}).content.decode()
    assert ">\nAnna\nAnkersen\nAnnas</textarea>" in again, "the next copy begins where the last one ended"


def test_a_word_that_is_not_there_is_named(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "sms.txt", LETTER.encode())
    answer = logged_in(people.mads).post(at(case, item), {"go": "keep", "phrases": "Anna\nBirgit", "note": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“Birgit” står ikke i teksten" in page
    assert len(queries.items_of_case(case.pk)) == 1


def test_who_only_reads_sees_the_masked_copy_instead(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "opslag.png", png())
    cases.bring_in(
        actor=actor(people.mads), case_id=case.pk, user_id=people.hanne.pk, role="hr", reason="Hjælp", now=NOW
    )
    hr, original = logged_in(people.hanne), f"/case/{case.pk}/evidence/{item.id}/"
    assert hr.get(original).status_code == 200
    logged_in(people.mads).post(at(case, item), boxes(("0", "0", "50", "25")))
    copy = queries.items_of_case(case.pk)[1]
    assert hr.get(original).status_code == 404
    assert hr.post(f"{original}preview/").status_code == 404
    page = hr.get(f"/case/{case.pk}/").content.decode()
    assert copy.name in page
    assert original not in page
    shown = hr.get(f"/case/{case.pk}/evidence/{copy.id}/")
    assert original not in shown.content.decode()
    assert hr.post(f"/case/{case.pk}/evidence/{copy.id}/preview/").status_code == 200
    assert hr.get(f"/case/{case.pk}/search_evidence/").context["count"] == 1, "not even how many there are"
    for who in (people.mads, people.anna):
        assert logged_in(who).post(f"{original}preview/").status_code == 200
    logged_in(people.mads).post(at(case, copy, "set_mask_aside"), {"reason": "Forkert felt"})
    assert hr.get(original).status_code == 200
    assert hr.get(f"/case/{case.pk}/evidence/{copy.id}/").status_code == 404


def test_a_mask_is_set_aside_with_a_reason_and_can_be_made_again(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "opslag.png", png())
    client, same = logged_in(people.mads), boxes(("0", "0", "50", "25"))
    client.post(at(case, item), same)
    assert "præcis det samme" in client.post(at(case, item), same).content.decode()
    copy = queries.items_of_case(case.pk)[1]
    aside = at(case, copy, "set_mask_aside")
    assert "Skriv hvorfor" in client.post(aside, {"reason": " "}).content.decode()
    client.post(aside, {"reason": "Dækker for lidt"})
    page = client.get(f"/case/{case.pk}/evidence/{copy.id}/").content.decode()
    assert "Sat til side" in page
    assert "Dækker for lidt" in page
    assert queries.mask_of(item) is None
    client.post(at(case, item), same)
    made = queries.mask_of(item)
    assert made is not None
    assert made.number == 3


def test_what_she_covered_only_she_can_uncover(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "opslag.png", png())
    anna, mads = logged_in(people.anna), logged_in(people.mads)
    anna.post(at(case, item), boxes(("0", "0", "10", "10")))
    hers = queries.items_of_case(case.pk)[1]
    aside = at(case, hers, "set_mask_aside")
    assert "Kun medarbejderen" in mads.get(aside).content.decode()
    assert mads.post(aside, {"reason": "x"}).status_code == 422
    mads.post(at(case, item), boxes(("50", "50", "10", "10")))
    made = queries.mask_of(item)
    assert made is not None
    assert made.how["boxes"] == [[5000, 5000, 1000, 1000], [0, 0, 1000, 1000]]
    assert anna.post(at(case, made, "set_mask_aside"), {"reason": "x"}).status_code == 422
    assert anna.post(aside, {"reason": "Jeg fortrød"}).status_code == 302


def test_what_cannot_be_masked_says_no_such_page(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "side.pdf", pdf())
    assert logged_in(people.mads).get(at(case, item)).status_code == 404
    assert "Dæk noget til" not in logged_in(people.mads).get(f"/case/{case.pk}/evidence/{item.id}/").content.decode()


def test_a_closed_case_can_still_be_masked_and_nothing_else_of_it_changes(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "opslag.png", png())
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    before = Case.objects.values().get(pk=case.pk)
    assert logged_in(people.mads).post(at(case, item), boxes(("0", "0", "10", "10"))).status_code == 302
    assert Case.objects.values().get(pk=case.pk) == before
