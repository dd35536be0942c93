"""Between the employee and those who handle her case."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.cases_kit import NOW, fresh
from tests.people_kit import Municipality, logged_in
from tests.web.case_kit import at
from vaern.cases.models import Case, Message, Note


def test_the_managers_message_reaches_her_and_ends_the_silence(town: Municipality, case: Case) -> None:
    with time_machine.travel(NOW + timedelta(days=5)):
        answer = logged_in(town.mads).post(at("write_message", case), {"text": "Jeg har sagen."})
        assert answer.headers["Location"] == at("see_case", case)
        assert "vaern-clock--late" not in logged_in(town.mads).get(at("see_case", case)).content.decode()
    message = Message.objects.get(case=case)
    assert (message.text, message.from_affected, Note.objects.count()) == ("Jeg har sagen.", False, 0)


def test_her_own_message_does_not_end_it(town: Municipality, case: Case) -> None:
    before = fresh(case).last_heard_at
    answer = logged_in(town.anna).post(at("write_message", case), {"text": "Er der nyt?"})
    assert answer.headers["Location"] == at("see_my_case", case)
    assert Message.objects.get(case=case).from_affected
    assert fresh(case).last_heard_at == before


@pytest.mark.parametrize(("text", "wrong"), [("  ", "Skriv noget"), ("x" * 20_001, "for lang")])
def test_what_cannot_be_sent_is_kept_and_said(town: Municipality, case: Case, text: str, wrong: str) -> None:
    page = logged_in(town.mads).post(at("write_message", case), {"text": text})
    assert page.status_code == 422
    assert wrong in page.content.decode()
    assert page.context["form"]["text"].value() == text
    assert not Message.objects.exists()


@pytest.mark.parametrize("who", ["karim", "amalie", "lone", "olav", "adam", "xenia"])
def test_nobody_else_writes_in_it(town: Municipality, case: Case, who: str) -> None:
    assert logged_in(getattr(town, who)).post(at("write_message", case), {"text": "x"}).status_code == 404
    assert not Message.objects.exists()
