"""The wrong person was chosen: they lose the case at once, and all of it is on record."""

from __future__ import annotations

import pytest

from tests.cases_kit import NOW, adopt, fresh, later, report
from tests.people_kit import Municipality, actor, logged_in
from tests.web.case_kit import at
from vaern.cases import service
from vaern.cases.models import Case
from vaern.journal import queries as journal


@pytest.fixture
def named(town: Municipality) -> Case:
    """Karim reported for "Ane"; Mads chose Olav of the library, who has answered and written."""
    adopt(town.organisation_id)
    case = report(town.karim, town.mads, who="colleague", affected_name="Ane")
    service.name_affected(actor=actor(town.mads), case_id=case.pk, user_id=town.olav.pk, now=NOW)
    service.give_consent(actor=actor(town.olav), case_id=case.pk, consent="tr_reads", answer="yes", now=NOW)
    service.add_account(actor=actor(town.olav), case_id=case.pk, text="Det er ikke mig.", now=NOW)
    return case


def undo(town: Municipality, case: Case, reason: str = "Forkert person") -> object:
    return logged_in(town.mads).post(at("unname_affected", case), {"reason": reason})


def test_the_wrong_one_is_out_and_the_right_one_can_be_named(town: Municipality, named: Case) -> None:
    assert logged_in(town.olav).get(at("see_my_case", named)).status_code == 200
    page = logged_in(town.mads).get(at("see_case", named)).content.decode()
    assert at("unname_affected", named) in page
    assert "Olav Østergård" in logged_in(town.mads).get(at("unname_affected", named)).content.decode()
    assert undo(town, named).headers["Location"] == at("see_case", named)  # type: ignore[attr-defined]
    after = fresh(named)
    assert (after.affected_id, after.consents, after.unit_id) == (None, {}, town.jobcenter)
    for address in ("see_my_case", "see_evidence", "see_receipt"):
        if address != "see_evidence":
            assert logged_in(town.olav).get(at(address, named)).status_code == 404
    assert logged_in(town.troels).get(at("see_case", named)).status_code == 404, "his yes counts no more"
    entry = journal.entries_of(f"case:{named.pk}", acts={"unname_affected"}, limit=1)[0]
    assert entry.data == {"user": town.olav.pk, "reason": "Forkert person"}

    service.name_affected(actor=actor(town.mads), case_id=named.pk, user_id=town.anna.pk, now=later(hours=1))
    mine = logged_in(town.anna).get(at("see_my_case", named))
    assert mine.status_code == 200
    assert "Det er ikke mig." not in mine.content.decode(), "what the wrong one wrote is not for her"
    assert "Det er ikke mig." in logged_in(town.mads).get(at("see_case", named)).content.decode()


def test_a_reason_is_asked_for(town: Municipality, named: Case) -> None:
    page = undo(town, named, " ")
    assert page.status_code == 422  # type: ignore[attr-defined]
    assert fresh(named).affected_id == town.olav.pk


def test_it_can_be_done_in_a_closed_case_too(town: Municipality, named: Case) -> None:
    Case.objects.filter(pk=named.pk).update(state="closed", closed_at=NOW)
    undo(town, named)
    assert fresh(named).affected_id is None


def test_who_reported_it_herself_stays(town: Municipality, case: Case) -> None:
    page = undo(town, case)
    assert page.status_code == 422  # type: ignore[attr-defined]
    assert "har selv meldt det" in page.content.decode()  # type: ignore[attr-defined]
    assert at("unname_affected", case) not in logged_in(town.mads).get(at("see_case", case)).content.decode()


def test_nobody_named_is_said(town: Municipality) -> None:
    adopt(town.organisation_id)
    case = report(town.karim, town.mads, who="colleague", affected_name="Ane")
    assert undo(town, case).status_code == 422  # type: ignore[attr-defined]
