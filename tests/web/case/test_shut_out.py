"""Somebody who is part of it is shut out, whatever their post: a manager, HR, a representative."""

from __future__ import annotations

import pytest

from tests.cases_kit import NOW, fresh, relations
from tests.people_kit import Municipality, actor, logged_in
from tests.web.case_kit import at
from vaern.cases import service
from vaern.cases.models import Case, Part
from vaern.journal import queries as journal
from vaern.people.models import User


def shut(town: Municipality, case: Case, whom: User, **more: str) -> object:
    given = {"term": whom.name, "user": str(whom.pk), "reason": "Er selv en del af det", **more}
    return logged_in(town.mads).post(at("shut_out", case), given)


def test_the_safety_representative_sees_not_even_the_status(town: Municipality, case: Case) -> None:
    service.give_consent(actor=actor(town.anna), case_id=case.pk, consent="amr_reads", answer="yes", now=NOW)
    assert logged_in(town.amalie).get(at("see_status", case)).status_code == 200
    assert at("shut_out", case) in logged_in(town.mads).get(at("see_case", case)).content.decode()
    assert shut(town, case, town.amalie).headers["Location"] == at("see_case", case)  # type: ignore[attr-defined]
    for address in ("see_status", "see_case"):
        assert logged_in(town.amalie).get(at(address, case)).status_code == 404
    assert case.pk not in {one.line.id for one in logged_in(town.amalie).get("/cases/").context["cases"]}
    entry = journal.entries_of(f"case:{case.pk}", acts={"shut_out"}, limit=1)[0]
    assert entry.data == {"user": town.amalie.pk, "role": "excluded"}


@pytest.mark.parametrize(("who", "role"), [("hanne", "hr"), ("signe", "secretariat")])
def test_whoever_was_brought_in_is_out(town: Municipality, case: Case, who: str, role: str) -> None:
    whom = getattr(town, who)
    service.bring_in(actor=actor(town.mads), case_id=case.pk, user_id=whom.pk, role=role, reason="Hjælp", now=NOW)
    shut(town, case, whom)
    assert relations(whom, case) == frozenset()
    again = {"term": "x", "user": str(whom.pk), "role": role, "reason": "Hjælp"}
    assert logged_in(town.mads).post(at("bring_in", case), {**again, "term": whom.name}).status_code == 422


def test_the_shop_steward_does_not_come_back_by_a_yes(town: Municipality, case: Case) -> None:
    shut(town, case, town.troels)
    service.give_consent(actor=actor(town.anna), case_id=case.pk, consent="tr_reads", answer="yes", now=NOW)
    assert relations(town.troels, case) == frozenset()


def test_the_level_above_cannot_step_in(town: Municipality, case: Case) -> None:
    shut(town, case, town.lone)
    assert logged_in(town.lone).get(at("see_status", case)).status_code == 404
    assert logged_in(town.lone).post(at("step_in", case), {"reason": "x"}).status_code == 404


def test_the_employee_cannot_be_and_somebody_must_have_it(town: Municipality, case: Case) -> None:
    assert shut(town, case, town.anna).status_code == 422  # type: ignore[attr-defined]
    service.step_in(actor=actor(town.lone), case_id=case.pk, reason="Stille", now=NOW)
    given = {"term": "mads", "user": str(town.mads.pk), "reason": "Er selv en del af det"}
    assert logged_in(town.lone).post(at("shut_out", case), given).status_code == 302
    assert relations(town.mads, case) == frozenset()
    part = Part.objects.get(case=case, user=town.mads, role="excluded")
    assert part.reason == "Er selv en del af det"
    assert fresh(case).state == "open"


def test_a_reason_is_asked_for_and_the_search_is_kept(town: Municipality, case: Case) -> None:
    page = shut(town, case, town.hanne, reason=" ")
    assert page.status_code == 422  # type: ignore[attr-defined]
    found = logged_in(town.mads).post(at("shut_out", case), {"find": "1", "term": "hanne", "reason": "Fordi"})
    assert "Hanne Hvid" in found.content.decode()
    assert "Fordi" in found.content.decode()


def test_another_organisations_people_are_not_there(town: Municipality, case: Case) -> None:
    given = {"term": "anna", "user": str(town.xenia.pk), "reason": "x"}
    assert logged_in(town.mads).post(at("shut_out", case), given).status_code == 404
