"""Internal notes: never hers, never a message."""

from __future__ import annotations

import pytest

from tests.cases_kit import NOW
from tests.people_kit import Municipality, logged_in
from tests.web.case_kit import at
from vaern.cases.models import Case, Message, Note, Part


def test_a_note_is_no_message_and_no_news(town: Municipality, case: Case) -> None:
    before = case.last_heard_at
    assert logged_in(town.mads).post(at("write_note", case), {"text": "Ring til juristen."}).status_code == 302
    case.refresh_from_db()
    assert Note.objects.get(case=case).text == "Ring til juristen."
    assert (case.last_heard_at, Message.objects.count()) == (before, 0)


def test_it_is_nowhere_on_any_page_of_hers(town: Municipality, case: Case) -> None:
    logged_in(town.mads).post(at("write_note", case), {"text": "HEMMELIGT-NOTAT"})
    anna = logged_in(town.anna)
    for name in ("see_my_case", "see_openings", "see_receipt"):
        assert "HEMMELIGT-NOTAT" not in anna.get(at(name, case)).content.decode()


def test_a_manager_who_is_also_the_affected_writes_and_reads_none(town: Municipality, case: Case) -> None:
    Part.objects.create(case=case, user=town.mads, role="affected", since=NOW)
    Note.objects.create(case=case, by=town.signe, text="HEMMELIGT-NOTAT", at=NOW)
    client = logged_in(town.mads)
    assert client.post(at("write_note", case), {"text": "x"}).status_code == 404
    assert "HEMMELIGT-NOTAT" not in client.get(at("see_case", case)).content.decode()


def test_an_empty_note_is_refused_beside_its_field(town: Municipality, case: Case) -> None:
    page = logged_in(town.mads).post(at("write_note", case), {"text": ""})
    assert page.status_code == 422
    assert page.context["form"].errors["text"] == ["Skriv noget, før du gemmer."]


@pytest.mark.parametrize("who", ["anna", "karim", "amalie", "lone", "olav", "adam", "xenia"])
def test_nobody_else_writes_one(town: Municipality, case: Case, who: str) -> None:
    assert logged_in(getattr(town, who)).post(at("write_note", case), {"text": "x"}).status_code == 404
