"""What is done and not done, without the content; and the level above stepping in."""

from __future__ import annotations

import pytest

from tests.cases_kit import NOW, relations, settle
from tests.people_kit import Municipality, actor, logged_in
from tests.web.case_kit import at
from vaern.cases import service
from vaern.cases.models import Case
from vaern.journal import queries as journal


def test_the_safety_representative_sees_what_is_done_and_not_what_it_is_about(town: Municipality, case: Case) -> None:
    settle(case, town.mads, "listen_and_note", text="HEMMELIGT-INDHOLD")
    settle(case, town.mads, "agree_psychologist", outcome="declined", reasons="HEMMELIG-GRUND")
    text = logged_in(town.amalie).get(at("see_status", case)).content.decode()
    assert "Lyt til medarbejderen, og skriv et notat" in text
    assert "Kontakt sekretariatet" in text
    for secret in ("HEMMELIGT-INDHOLD", "HEMMELIG-GRUND", "Et opslag med mit navn", "Anna Ankersen", "Valgt fra"):
        assert secret not in text
    assert f'href="{at("see_case", case)}"' not in text


def test_with_the_employees_yes_there_is_a_way_to_the_case(town: Municipality, case: Case) -> None:
    service.give_consent(actor=actor(town.anna), case_id=case.pk, consent="amr_reads", answer="yes", now=NOW)
    client = logged_in(town.amalie)
    assert at("see_case", case) in client.get(at("see_status", case)).content.decode()
    assert client.get(at("see_case", case)).status_code == 200
    service.give_consent(actor=actor(town.anna), case_id=case.pk, consent="amr_reads", answer="unknown", now=NOW)
    assert client.get(at("see_case", case)).status_code == 404


def test_the_level_above_steps_in_with_a_reason(town: Municipality, case: Case) -> None:
    client = logged_in(town.lone)
    assert client.get(at("see_case", case)).status_code == 404
    assert "Gå ind i sagen" in client.get(at("see_status", case)).content.decode()
    answer = client.post(at("step_in", case), {"reason": "Mads er væk i to uger."})
    assert answer.headers["Location"] == at("see_case", case)
    assert "managers_manager" in relations(town.lone, case)
    assert client.get(at("see_case", case)).status_code == 200
    assert journal.entries_of(f"case:{case.pk}", acts=["step_in"])[0].actor_id == town.lone.pk


def test_stepping_in_without_a_reason_is_refused(town: Municipality, case: Case) -> None:
    page = logged_in(town.lone).post(at("step_in", case), {"reason": " "})
    assert page.status_code == 422
    assert page.context["form"].errors["reason"] == ["Skriv en begrundelse."]
    assert "managers_manager" not in relations(town.lone, case)


def test_looking_is_on_record(town: Municipality, case: Case) -> None:
    logged_in(town.amalie).get(at("see_status", case))
    assert journal.entries_of(f"case:{case.pk}", acts=["see_case"])[0].data == {"page": "status"}


@pytest.mark.parametrize("who", ["karim", "olav", "adam", "carla", "troels", "xenia"])
def test_nobody_else_sees_even_that(town: Municipality, case: Case, who: str) -> None:
    client = logged_in(getattr(town, who))
    assert client.get(at("see_status", case)).status_code == 404
    assert client.post(at("step_in", case), {"reason": "x"}).status_code == 404


def test_the_safety_representative_cannot_step_in(town: Municipality, case: Case) -> None:
    assert logged_in(town.amalie).post(at("step_in", case), {"reason": "x"}).status_code == 404
