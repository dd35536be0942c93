"""A report that gives only a name, and the employee who gets her own case when somebody says who she is."""

from __future__ import annotations

import pytest

from tests.cases_kit import adopt, fresh, report
from tests.people_kit import Municipality, logged_in
from tests.web.case_kit import at
from vaern.cases.models import Case, Part
from vaern.journal import queries as journal


@pytest.fixture
def unnamed(town: Municipality) -> Case:
    adopt(town.organisation_id)
    return report(town.karim, town.mads, who="colleague", affected_name="Anna A.")


def test_she_is_found_chosen_and_then_follows_her_own_case(town: Municipality, unnamed: Case) -> None:
    mads = logged_in(town.mads)
    assert at("name_affected", unnamed) in mads.get(at("see_case", unnamed)).content.decode()
    found = mads.post(at("name_affected", unnamed), {"find": "1", "term": "anna"}).content.decode()
    assert "Anna Ankersen" in found
    assert logged_in(town.anna).get(at("see_my_case", unnamed)).status_code == 404
    assert mads.post(at("name_affected", unnamed), {"term": "anna", "user": town.anna.pk}).status_code == 302
    assert logged_in(town.anna).get(at("see_my_case", unnamed)).status_code == 200
    assert fresh(unnamed).unit_id == town.anna.unit_id
    assert [entry.act for entry in journal.entries_of(f"case:{unnamed.pk}", acts=["name_affected"])] == [
        "name_affected"
    ]
    assert at("name_affected", unnamed) not in mads.get(at("see_case", unnamed)).content.decode()


def test_the_search_begins_with_the_name_of_the_report(town: Municipality) -> None:
    adopt(town.organisation_id)
    case = report(town.karim, town.mads, who="colleague", affected_name="Anna")
    assert "Anna Ankersen" in logged_in(town.mads).get(at("name_affected", case)).content.decode()


def test_nobody_found_is_said(town: Municipality, unnamed: Case) -> None:
    page = logged_in(town.mads).post(at("name_affected", unnamed), {"find": "1", "term": "Findes Ikke"})
    assert "Vi fandt ingen" in page.content.decode()


def test_who_handles_the_case_cannot_be_the_one_it_is_about(town: Municipality, unnamed: Case) -> None:
    mads = logged_in(town.mads)
    mads.post(
        at("bring_in", unnamed), {"term": "signe", "user": town.signe.pk, "role": "secretariat", "reason": "Hjælp"}
    )
    page = mads.post(at("name_affected", unnamed), {"term": "signe", "user": town.signe.pk})
    assert page.status_code == 422
    assert page.context["form"].errors["user"] == [
        "Den person behandler sagen. Tag en anden ind, og tag personen ud af sagen først."
    ]
    assert fresh(unnamed).affected_id is None


def test_an_excluded_manager_cannot_be_named(town: Municipality) -> None:
    adopt(town.organisation_id)
    case = report(town.karim, town.mads, who="colleague", affected_name="Nogen", manager_away="part_of_it")
    page = logged_in(town.lone).post(at("name_affected", case), {"term": "mads", "user": town.mads.pk})
    assert page.status_code == 422
    assert not Part.objects.filter(case=case, role="affected").exists()


def test_nobody_of_another_organisation_can_be_named(town: Municipality, unnamed: Case) -> None:
    for term in ("xenia", "anna"):
        page = logged_in(town.mads).post(at("name_affected", unnamed), {"term": term, "user": town.xenia.pk})
        assert "Xenia Xander" not in page.content.decode()
    assert page.status_code == 404
    assert fresh(unnamed).affected_id is None


def test_a_case_that_has_its_employee_keeps_her(town: Municipality, case: Case) -> None:
    mads = logged_in(town.mads)
    given = {"term": "karim", "user": town.karim.pk}
    assert mads.post(at("name_affected", case), given).headers["Location"] == at("see_case", case)
    assert fresh(case).affected_id == town.anna.pk
