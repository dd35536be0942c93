"""Opening a closed case again, with its history."""

from __future__ import annotations

import pytest

from tests.cases_kit import NOW, fresh, settle
from tests.people_kit import Municipality, logged_in
from tests.web.case_kit import at
from vaern.cases.models import Case, Fulfilment


@pytest.fixture
def closed(town: Municipality, case: Case) -> Case:
    settle(case, town.mads, "listen_and_note")
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    return case


def test_it_opens_with_a_reason_and_keeps_what_was_written(town: Municipality, closed: Case) -> None:
    answer = logged_in(town.mads).post(at("reopen_case", closed), {"reason": "Der kom et nyt opslag."})
    assert answer.headers["Location"] == at("see_case", closed)
    assert (fresh(closed).state, fresh(closed).closed_at) == ("open", None)
    assert Fulfilment.objects.filter(case=closed, duty="listen_and_note").exists()


def test_without_a_reason_it_stays_closed(town: Municipality, closed: Case) -> None:
    page = logged_in(town.mads).post(at("reopen_case", closed), {"reason": ""})
    assert page.status_code == 422
    assert page.context["form"].errors["reason"] == ["Skriv en begrundelse."]
    assert fresh(closed).state == "closed"


def test_an_open_case_says_so(town: Municipality, case: Case) -> None:
    page = logged_in(town.mads).post(at("reopen_case", case), {"reason": "x"})
    assert page.status_code == 422
    assert "allerede åben" in page.content.decode()


@pytest.mark.parametrize("who", ["anna", "karim", "amalie", "lone", "adam", "xenia"])
def test_it_is_for_those_who_handle_the_case(town: Municipality, closed: Case, who: str) -> None:
    assert logged_in(getattr(town, who)).post(at("reopen_case", closed), {"reason": "x"}).status_code == 404
