"""A letter as a mail: encrypted to a real mail server, sent once, and sent only when the server has taken it."""

from __future__ import annotations

import pytest

from tests.cases_kit import NOW
from tests.letters.kit import a_case, again, file_of, ready, sent
from tests.mail_kit import Inbox
from tests.people_kit import Municipality, actor
from vaern.cases import queries as cases
from vaern.cases.models import Case
from vaern.core.refusal import Refused
from vaern.journal import queries as journal
from vaern.letters import service
from vaern.letters.facts import Letter
from vaern.letters.models import Letter as Row
from vaern.letters.models import Version

ADDRESS = "birger@borger.example"


@pytest.fixture
def case(people: Municipality) -> Case:
    return a_case(people)


@pytest.fixture
def letter(people: Municipality, case: Case) -> Letter:
    return ready(people, case, email=ADDRESS)


def duty_done(case: Case) -> int:
    return cases.fulfilments(case).filter(duty="letter_to_author").count()


def test_the_approved_pdf_goes_out_and_only_then_it_is_sent(
    people: Municipality, case: Case, letter: Letter, inbox: Inbox
) -> None:
    asked = sent(people, case, letter, "email")
    assert (asked.state, duty_done(case)) == ("approved", 0)
    service.mail_letter(letter=str(letter.id))
    (mail,) = inbox.mails
    assert (mail["To"], mail["From"], mail["Subject"]) == (ADDRESS, "vaern@kommunen.example", letter.written.subject)
    (attached,) = mail.iter_attachments()
    row = Version.objects.get(letter_id=letter.id, number=letter.version)
    assert attached.get_payload(decode=True) == file_of(row.pdf)
    assert (again(letter).state, duty_done(case)) == ("sent", 1)
    service.mail_letter(letter=str(letter.id))
    service.mail_letters()
    assert len(inbox.mails) == 1


def test_a_mail_server_that_is_away_is_tried_again_and_said(
    people: Municipality, case: Case, letter: Letter, inbox: Inbox
) -> None:
    sent(people, case, letter, "email")
    inbox.refuse = True
    service.mail_letter(letter=str(letter.id))
    waiting = again(letter)
    assert (waiting.state, bool(waiting.mail_problem), duty_done(case)) == ("approved", True, 0)
    kept = Row.objects.get(pk=letter.id).message_id
    inbox.refuse = False
    service.mail_letter(letter=str(letter.id))
    assert [mail["Message-ID"] for mail in inbox.mails] == [kept]
    assert again(letter).state == "sent"


def test_while_it_is_on_its_way_it_is_neither_taken_back_nor_sent_twice(
    people: Municipality, case: Case, letter: Letter, inbox: Inbox
) -> None:
    sent(people, case, letter, "email")
    for act in (
        lambda: service.reopen_letter(actor=actor(people.mads), case_id=case.pk, letter_id=letter.id, now=NOW),
        lambda: sent(people, case, letter, "email"),
        lambda: sent(people, case, letter, "print"),
    ):
        with pytest.raises(Refused) as raised:
            act()
        assert raised.value.refusal.code == "sending"


def test_what_the_mail_server_took_is_sent_also_when_the_case_has_closed_meanwhile(
    people: Municipality, case: Case, letter: Letter, inbox: Inbox
) -> None:
    sent(people, case, letter, "email")
    type(case).objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    service.mail_letter(letter=str(letter.id))
    assert len(inbox.mails) == 1
    assert (again(letter).state, duty_done(case)) == ("sent", 0)
    entry = journal.entries_of(f"case:{case.pk}", acts=["send_letter"], limit=1)[0]
    assert entry.data["settled"] == ""


def test_what_the_mail_server_took_is_not_sent_again_when_the_sender_has_left_the_house(
    people: Municipality, case: Case, letter: Letter, inbox: Inbox
) -> None:
    """It went out every five minutes, for ever: what could not be said to have left was sent again."""
    sent(people, case, letter, "email")
    type(people.mads).objects.filter(pk=people.mads.pk).update(organisation=people.xenia.organisation)
    service.mail_letter(letter=str(letter.id))
    assert (again(letter).state, duty_done(case)) == ("sent", 0)
    Row.objects.update(taken_until=None)
    service.mail_letter(letter=str(letter.id))
    assert len(inbox.mails) == 1


def test_an_address_no_mail_can_be_written_to_is_said(
    people: Municipality, case: Case, letter: Letter, inbox: Inbox
) -> None:
    sent(people, case, letter, "email")
    Version.objects.filter(letter_id=letter.id).update(email="birger@b\u00f8..example")
    service.mail_letter(letter=str(letter.id))
    assert (again(letter).state, bool(again(letter).mail_problem)) == ("approved", True)


def test_no_mail_without_an_address(people: Municipality, case: Case, inbox: Inbox) -> None:
    with pytest.raises(Refused) as raised:
        sent(people, case, ready(people, case), "email")
    assert raised.value.refusal.code == "no_email"
