"""Closing: refused while something that must be done is open, with its clause and a way to it."""

from __future__ import annotations

import pytest

from tests.cases_kit import fresh, row, settle
from tests.people_kit import Municipality, logged_in
from tests.web.case_kit import at
from vaern.cases import queries
from vaern.cases.models import Case
from vaern.guideline.facts import State


def honour(case: Case, town: Municipality) -> None:
    """Everything that must be done, by whoever owes it, until nothing keeps the case open. No evidence was handed in,
    and the letter waits for it: that is set aside first."""
    settle(case, town.mads, "national_evidence_first", outcome="not_relevant")
    for _ in range(60):
        plan = queries.plan_of(fresh(case), case.opened_at)
        open_ = [one for one in plan.rows if one.must_close and one.state in (State.OWED, State.BLOCKED)]
        if not open_:
            return
        for one in open_:
            kinds = {plan.composed.role[role].kind for role in one.owners}
            who = town.signe if kinds == {"secretariat"} else town.mads
            outcomes = plan.composed.duty[one.id].outcomes
            if one.state is State.BLOCKED:
                settle(case, who, one.id, outcome="not_relevant")
            else:
                settle(case, who, one.id, outcome=outcomes[0].id if outcomes else "done")
    raise AssertionError("the case never became ready")


def test_what_is_missing_is_named_with_its_clause_and_a_way_to_it(town: Municipality, case: Case) -> None:
    page = logged_in(town.mads).get(at("close_case", case))
    text = page.content.decode()
    assert "Indberet på SafetyNet" in text
    assert "punkt B37" in text
    assert at("fulfil_duty", case, duty="register_incident") in text
    assert 'name="words"' not in text
    assert {one.id for one in page.context["open"]} == {
        one.id for one in queries.plan_of(fresh(case), case.opened_at).rows if one.must_close
    }


def test_closing_all_the_same_is_refused(town: Municipality, case: Case) -> None:
    page = logged_in(town.mads).post(at("close_case", case), {"words": "Færdig"})
    assert page.status_code == 422
    assert "“Indberet på SafetyNet” mangler. (punkt B37)" in page.content.decode()
    assert fresh(case).state == "open"


def test_a_case_that_was_honoured_closes_with_words_to_her(town: Municipality, case: Case) -> None:
    honour(case, town)
    client = logged_in(town.mads)
    assert 'name="words"' in client.get(at("close_case", case)).content.decode()
    assert client.post(at("close_case", case), {"words": ""}).status_code == 422
    assert client.post(at("close_case", case), {"words": "Tak, Anna."}).status_code == 302
    assert (fresh(case).state, fresh(case).closing_words) == ("closed", "Tak, Anna.")
    assert "Tak, Anna." in logged_in(town.anna).get(at("see_my_case", case)).content.decode()
    assert client.post(at("close_case", case), {"words": "Igen"}).status_code == 422
    assert row(case, "register_incident").state is State.DONE


@pytest.mark.parametrize("who", ["anna", "karim", "amalie", "lone", "adam", "xenia"])
def test_it_is_for_those_who_handle_the_case(town: Municipality, case: Case, who: str) -> None:
    assert logged_in(getattr(town, who)).post(at("close_case", case), {"words": "x"}).status_code == 404
