"""The front door."""

from __future__ import annotations

import pytest
import time_machine

from tests.cases_kit import NOW, actor, adopt, later, report
from tests.people_kit import Municipality, a_municipality, logged_in
from vaern.cases import queries, service


@pytest.fixture
def town(db: None) -> Municipality:
    return a_municipality()


def test_three_doors_in_her_own_words(town: Municipality) -> None:
    page = logged_in(town.anna).get("/").content.decode()
    for who in ("me", "colleague", "manager"):
        assert f'href="/report/start/?who={who}"' in page
    assert "Det er sket for mig" in page


def test_the_crisis_number_is_the_guidelines_own(town: Municipality) -> None:
    adopt(town.organisation_id, "brovst")
    assert 'href="tel:60111144"' in logged_in(town.anna).get("/").content.decode()


def test_no_number_is_invented(town: Municipality) -> None:
    adopt(town.organisation_id, "albertslund")
    page = logged_in(town.anna).get("/").content.decode()
    assert page.count('href="tel:') == 1
    assert 'href="tel:112"' in page


def test_it_works_before_a_guideline_is_in_use(town: Municipality) -> None:
    assert logged_in(town.anna).get("/").status_code == 200


def test_my_cases_and_drafts_are_mine_alone(town: Municipality) -> None:
    adopt(town.organisation_id)
    case = report(town.anna, town.mads)
    draft = service.start_report(actor=actor(town.anna), who="me", now=NOW)
    hers = logged_in(town.anna).get("/").content.decode()
    assert queries.label(case) in hers
    assert f'href="/report/{draft.pk}/what/"' in hers
    for other in (town.karim, town.xenia):
        page = logged_in(other).get("/").content.decode()
        assert queries.label(case) not in page
        assert str(draft.pk) not in page


def test_a_manager_sees_how_many_duties_wait(town: Municipality) -> None:
    adopt(town.organisation_id)
    report(town.anna, town.mads)
    assert "Dit arbejde med sager" in logged_in(town.mads).get("/").content.decode()
    assert "Dit arbejde med sager" not in logged_in(town.anna).get("/").content.decode()


def test_who_is_not_logged_in_is_sent_to_log_in(town: Municipality, client: object) -> None:
    answer = client.get("/")  # type: ignore[attr-defined]
    assert answer.status_code == 302
    assert "next=/" in answer.url


def test_few_queries_however_many_cases(town: Municipality, django_assert_max_num_queries: object) -> None:
    adopt(town.organisation_id)
    for _ in range(5):
        report(town.anna, town.mads)
    client = logged_in(town.anna)
    client.get("/")
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get("/")


def test_my_case_opens_for_me_and_the_receipt_for_who_reported_for_me(town: Municipality) -> None:
    adopt(town.organisation_id)
    case = report(town.karim, town.mads, who="colleague", affected_id=town.anna.pk, affected_name="Anna Ankersen")
    receipt = f'href="/case/{case.pk}/receipt/"'
    assert receipt in logged_in(town.karim).get("/").content.decode()
    assert receipt not in logged_in(town.anna).get("/").content.decode()


def test_a_silent_case_alarms_on_the_front_page_of_the_manager_and_of_the_level_above(town: Municipality) -> None:
    adopt(town.organisation_id)
    report(town.anna, town.mads, posted_on="2026-11-16")
    quiet, silent = "Ingen sager er sent på den eller stille.", "I 1 har medarbejderen længe ikke hørt noget."
    for person in (town.mads, town.lone):
        with time_machine.travel(later(hours=1)):
            assert quiet in logged_in(person).get("/").content.decode()
        with time_machine.travel(later(days=4)):
            page = logged_in(person).get("/").content.decode()
        assert "1 sag venter på nogen" in page
        assert silent in page
