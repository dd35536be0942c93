"""The receipt: who has it, what now, and nothing of what happened."""

from __future__ import annotations

import pytest

from tests.cases_kit import adopt, report
from tests.people_kit import Municipality, a_municipality, logged_in
from vaern.cases import queries

WHAT = "Et opslag med mit navn og billede."


@pytest.fixture
def town(db: None) -> Municipality:
    town = a_municipality()
    adopt(town.organisation_id, "brovst")
    return town


def test_the_affected_reads_the_number_who_has_it_and_what_now(town: Municipality) -> None:
    case = report(town.anna, town.mads)
    page = logged_in(town.anna).get(f"/case/{case.pk}/receipt/").content.decode()
    assert queries.label(case) in page
    assert "Mads Madsen" in page
    assert "Det første, andre skal gøre for dig" in page
    assert "Svar ikke på nettet" in page
    assert 'href="tel:60111144"' in page
    assert WHAT not in page


def test_the_colleagues_list_is_not_for_the_one_it_happened_to(town: Municipality) -> None:
    case = report(town.anna, town.mads)
    assert "Bliv i nærheden" not in logged_in(town.anna).get(f"/case/{case.pk}/receipt/").content.decode()


def test_a_colleague_gets_the_colleagues_list_and_no_case(town: Municipality) -> None:
    case = report(town.karim, town.mads, who="colleague", affected_id=town.anna.pk, affected_name="Anna Ankersen")
    page = logged_in(town.karim).get(f"/case/{case.pk}/receipt/").content.decode()
    assert "Bliv i nærheden" in page
    assert "Mads Madsen" in page
    assert "Det første, andre skal gøre" not in page
    assert WHAT not in page
    assert f"/case/{case.pk}/" not in page.replace(f"/case/{case.pk}/receipt/", "")


def test_danger_comes_first(town: Municipality) -> None:
    case = report(town.anna, town.mads, danger_now="yes")
    page = logged_in(town.anna).get(f"/case/{case.pk}/receipt/").content.decode()
    assert page.index("tel:112") < page.index("<h1>")


def test_a_guideline_without_crisis_help_gets_none_invented(town: Municipality) -> None:
    adopt(town.organisation_id, "albertslund")
    case = report(town.anna, town.mads)
    page = logged_in(town.anna).get(f"/case/{case.pk}/receipt/").content.decode()
    assert "Krisehjælp" not in page
    assert "Gem det, mens det kan ses" in page


def test_it_does_not_exist_for_anybody_else(town: Municipality) -> None:
    case = report(town.anna, town.mads)
    for other in (town.karim, town.mads, town.olav, town.adam, town.xenia):
        assert logged_in(other).get(f"/case/{case.pk}/receipt/").status_code == 404
