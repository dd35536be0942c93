"""The page of a case: who sees it, what it says, and that it asks the database a bounded number of questions."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from tests.cases_kit import NOW, open_case
from tests.people_kit import Municipality, actor, logged_in
from tests.web.case_kit import a_case_of, at, questions
from vaern.cases import queries, service
from vaern.cases.models import Case, Fulfilment, Message
from vaern.evidence.models import Item
from vaern.journal import queries as journal
from vaern.journal import service as journal_service


@pytest.mark.parametrize("who", ["karim", "olav", "anna", "adam", "amalie", "lone", "carla", "xenia"])
def test_nobody_without_a_part_that_reads_sees_it(town: Municipality, case: Case, who: str) -> None:
    assert logged_in(getattr(town, who)).get(at("see_case", case)).status_code == 404


def test_an_excluded_manager_does_not_find_it(town: Municipality) -> None:
    case = open_case(town, manager_away="part_of_it")
    assert logged_in(town.mads).get(at("see_case", case)).status_code == 404
    assert logged_in(town.mads).get(at("see_status", case)).status_code == 404
    assert logged_in(town.lone).get(at("see_case", case)).status_code == 200


def test_the_manager_reads_what_happened_and_what_to_do_first(town: Municipality, case: Case) -> None:
    with time_machine.travel(NOW + timedelta(hours=1)):
        page = logged_in(town.mads).get(at("see_case", case))
    text = page.content.decode()
    assert "Et opslag med mit navn og billede." in text
    assert page.context["next"].id == "contact_psychologist"  # must, and “as soon as possible” in the source
    assert page.context["next"].url in text
    assert "punkterne B29, B30, B31" in text
    assert "Sagen mangler at vide" in text


def test_what_she_needs_is_read_without_opening_anything(town: Municipality) -> None:
    case = open_case(town, needs_practical="At en anden tager telefonen.", impact="Jeg sover dårligt.")
    text = logged_in(town.mads).get(at("see_case", case)).content.decode()
    for words in ("At en anden tager telefonen.", "Jeg sover dårligt."):
        assert text.count(words) == 1
        assert text.index(words) < text.index("Det ved sagen")


def test_a_day_alone_is_shown_without_a_time_of_day(town: Municipality) -> None:
    case = open_case(town, discovered_on="2026-11-16", posted_on="2026-11-15", posted_at="21:30")
    text = logged_in(town.mads).get(at("see_case", case)).content.decode()
    assert "<dd>16. november 2026</dd>" in text
    assert "<dd>15. november 2026 kl. 21.30</dd>" in text


def test_no_picture_is_shown_before_it_is_asked_for(town: Municipality, case: Case) -> None:
    _add_items(case, town, 2)
    text = logged_in(town.mads).get(at("see_case", case)).content.decode()
    assert "<img" not in text
    assert "1. billede-1.png" in text


def test_the_silence_clock_is_calm_until_the_organisations_number_of_days(town: Municipality, case: Case) -> None:
    for days, alarm in ((2, False), (3, True)):
        with time_machine.travel(NOW + timedelta(days=days, minutes=1)):
            text = logged_in(town.mads).get(at("see_case", case)).content.decode()
        assert "Medarbejderen hørte sidst noget" in text
        assert ("vaern-clock--late" in text) is alarm


def test_notes_are_for_those_who_handle_it_alone(town: Municipality, case: Case) -> None:
    mads = actor(town.mads)
    service.write_note(actor=mads, case_id=case.pk, text="Kun for os", now=NOW)
    service.bring_in(
        actor=mads, case_id=case.pk, user_id=town.hanne.pk, role="hr", reason="Hjælper med fravær", now=NOW
    )
    assert "Kun for os" in logged_in(town.mads).get(at("see_case", case)).content.decode()
    hr = logged_in(town.hanne).get(at("see_case", case)).content.decode()
    assert "Kun for os" not in hr
    assert "internt notat" not in hr.lower()
    assert at("write_note", case) not in hr


def test_opening_it_is_put_on_record(town: Municipality, case: Case) -> None:
    logged_in(town.mads).get(at("see_case", case))
    entry = journal.entries_of(f"case:{case.pk}", acts=["see_case"])[0]
    assert (entry.actor_id, entry.data) == (town.mads.pk, {"page": "case"})


def test_what_was_typed_is_shown_as_text_and_never_as_markup(town: Municipality) -> None:
    case = open_case(town, what="<script>alert(1)</script> & mere")
    text = logged_in(town.mads).get(at("see_case", case)).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_the_employees_answers_stand_as_she_gave_them(town: Municipality, case: Case) -> None:
    service.give_consent(actor=actor(town.anna), case_id=case.pk, consent="amr_reads", answer="no", now=NOW)
    asked = logged_in(town.mads).get(at("see_case", case)).context["asked"]
    assert [one.answer for one in asked if "rbejdsmiljørepræsentanten" in str(one.question)] == ["Nej"]


def test_a_closed_case_offers_no_next_step(town: Municipality, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW, closing_words="Tak for samarbejdet")
    page = logged_in(town.mads).get(at("see_case", case))
    assert page.context["next"] is None
    text = page.content.decode()
    assert "Tak for samarbejdet" in text
    assert at("reopen_case", case) in text
    assert at("close_case", case) not in text


def test_the_page_asks_as_many_questions_for_much_as_for_little(town: Municipality) -> None:
    small, large = a_case_of(town, 5), a_case_of(town, 60)
    _add_items(small, town, 1)
    _add_items(large, town, 30)
    _fill(large, town)
    client = logged_in(town.mads)
    few, many = questions(client, at("see_case", small)), questions(client, at("see_case", large))
    assert len(queries.plan_of(large, NOW).rows) == 60
    assert few == many
    assert many <= 60


def _add_items(case: Case, town: Municipality, count: int) -> None:
    Item.objects.bulk_create(
        Item(
            organisation_id=town.organisation_id, case_id=case.pk, added_by=town.anna, added_at=NOW, kind="png",
            sha256=f"{number:064d}", size=1000, mime="image/png", name=f"billede-{number}.png", number=number,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _fill(case: Case, town: Municipality) -> None:
    """Five hundred entries on the timeline, twenty settled duties, forty messages."""
    with transaction.atomic():
        for number in range(500):
            journal_service.record(
                organisation_id=town.organisation_id,
                act="fulfil_duty",
                actor_id=(town.mads.pk, town.anna.pk)[number % 2],
                subject=f"case:{case.pk}",
                payload={"duty": f"duty_{number % 60}", "outcome": "done"},
                now=NOW + timedelta(minutes=number),
            )
    Fulfilment.objects.bulk_create(
        Fulfilment(
            case=case, duty=f"duty_{number}", outcome="done", at=NOW, recorded_at=NOW, by=town.mads, by_role="manager"
        )
        for number in range(20)
    )
    Message.objects.bulk_create(
        Message(case=case, by=town.mads, from_affected=False, text="Hej", at=NOW) for _ in range(40)
    )
