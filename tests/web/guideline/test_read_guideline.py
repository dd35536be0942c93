"""The guideline as a page: all of it, unknown as unknown, and the law apart."""

from __future__ import annotations

import pytest

from tests.cases_kit import adopt, guideline
from tests.people_kit import Municipality, a_municipality, logged_in


@pytest.fixture
def town(db: None) -> Municipality:
    return a_municipality()


def read(town: Municipality, name: str, **kwargs: bool) -> str:
    adopt(town.organisation_id, name, **kwargs)
    return str(logged_in(town.anna).get("/guideline/").content.decode())


def test_an_unknown_approval_is_shown_as_unknown(town: Municipality) -> None:
    page = read(town, "brovst")
    assert "<dt>Godkendt</dt><dd>ukendt</dd>" in page
    assert "<dt>Godkendt af</dt><dd>LokalMED Myndighed</dd>" in page


@pytest.mark.parametrize("name", ["brovst", "albertslund", "example"])
def test_every_duty_definition_passage_and_contact_is_there(town: Municipality, name: str) -> None:
    page = read(town, name)
    pack = guideline(name).pack
    for one in (*pack.duties, *pack.standing):
        assert one.title in page.replace("&#x27;", "'").replace("&quot;", '"'), one.id
    for definition in pack.definitions:
        assert definition.name in page
    for contact in pack.contacts:
        assert contact.phone in page


def test_what_comes_from_the_law_is_named_dated_and_apart(town: Municipality) -> None:
    page = read(town, "brovst")
    own, law = page.split('id="layer-1"')
    assert "Straffeloven § 119 a" not in own
    assert "Straffeloven § 119 a" in law
    assert "Tjekket 21. november 2026." in law
    assert "Det her står ikke i retningslinjen." in law


def test_without_the_layer_nothing_of_it_is_there(town: Municipality) -> None:
    assert 'id="layer-1"' not in read(town, "brovst", national=False)


def test_before_a_guideline_is_in_use_the_page_says_so(town: Municipality) -> None:
    assert "ikke taget en retningslinje i brug" in logged_in(town.anna).get("/guideline/").content.decode()


def test_what_the_guideline_says_only_in_danish_is_marked_so_in_english(town: Municipality) -> None:
    adopt(town.organisation_id, "example")
    page = logged_in(town.anna).get("/guideline/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en">' in page
    assert '<span lang="da">' in page


def test_another_organisation_reads_its_own(town: Municipality) -> None:
    adopt(town.organisation_id, "brovst")
    assert "Brovst" not in logged_in(town.xenia).get("/guideline/").content.decode()
