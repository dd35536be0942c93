"""The report to the police says which provisions may fit, where that is known from, and which bundle goes along."""

from __future__ import annotations

import pytest

from tests.bundle.kit import a_case, ask, make
from tests.cases_kit import NOW, fresh, open_case
from tests.handover.kit import begun
from tests.people_kit import Municipality, actor
from vaern.cases import service as cases
from vaern.handover import service
from vaern.handover.facts import Handover

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def value(people: Municipality, handover: Handover, field: str) -> str:
    sheet = service.sheet_for(actor=actor(people.mads), case_id=handover.case_id, handover_id=handover.id, now=NOW)
    return next(line.value for line in sheet.lines if line.field.id == field)


def test_what_may_fit_is_suggested_with_where_it_is_known_from(people: Municipality) -> None:
    case = open_case(people)
    handover = begun(people, case, "police")
    assert value(people, handover, "offences") == "", "nobody has answered, so nothing is suggested"
    cases.note_facts(
        actor=actor(people.mads), case_id=case.pk, facts={"national_elements": ["abuse", "serious_fear"]}, events={},
        now=NOW,
    )  # fmt: skip
    abuse, threat = value(people, handover, "offences").split("\n\n")
    assert abuse.startswith("Straffeloven § 121: ")
    assert "ikke bekræftet" in abuse
    assert threat.startswith("Straffeloven § 266: ")
    assert "Det offentlige rejser sagen" in threat
    assert "Meldes: telefon, brev eller mail, personligt fremmøde." in threat
    assert "hviidadvokater.dk" in threat
    assert "21.11.2026 (V2)" in threat


def test_the_bundle_that_goes_along_is_named_by_its_digest(people: Municipality) -> None:
    case, items = a_case(people)
    handover = begun(people, fresh(case), "police")
    assert value(people, handover, "bundle") == ""
    bundle = make(ask(people, case, items))
    assert bundle.sha256
    said = value(people, handover, "bundle")
    assert said.startswith(f"Bevispakke {bundle.number}, ")
    assert said.endswith(f"SHA-256 {bundle.sha256}")
