"""Mail from a real IMAP server: whose it is, where it goes, and that each is taken in once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.cases_kit import NOW, later, open_case
from tests.mailbox.dovecot import by_starttls, deliver, lying_in
from tests.mailbox.mails import a_mail, with_files
from tests.people_kit import Municipality, logged_in
from vaern.cases.models import Case, Draft
from vaern.core.digest import digest
from vaern.evidence import queries as evidence
from vaern.evidence import service as evidence_service
from vaern.journal import queries as journal
from vaern.mailbox import queries
from vaern.mailbox.client import Mailbox
from vaern.mailbox.facts import Account
from vaern.mailbox.models import Letter
from vaern.mailbox.rules import DRAFTS_MAX
from vaern.mailbox.service import keeping, receive_mail, receiving

pytestmark = pytest.mark.django_db(transaction=True)


def outcomes() -> dict[str, int]:
    return queries.line(NOW).counts


def round_(**span: int) -> int:
    return receive_mail(now=later(**span))


def test_a_mail_becomes_a_draft_that_only_she_can_see(mailbox: Account, people: Municipality) -> None:
    mail = with_files()
    deliver(mailbox, mail)
    assert round_() == 1
    draft = Draft.objects.get()
    assert (draft.author_id, draft.case_id) == (people.anna.pk, None)
    letter, picture = evidence.items_of_draft(draft.pk)
    assert (letter.name, letter.sha256, letter.made_by) == ("mail.eml", digest(mail), "mail")
    assert "løn.exe" in letter.note
    assert letter.how == {"believed": False, "not_taken": ["løn.exe"]}
    assert (picture.name, picture.made_by, picture.derived_from) == ("skærm.png", "attachment", letter.id)
    assert (lying_in(mailbox, mailbox.folder), lying_in(mailbox, mailbox.done)) == (0, 1)
    assert "Kom med mail." in logged_in(people.anna).get("/").content.decode()
    assert "Kom med mail." not in logged_in(people.mads).get("/").content.decode()
    assert logged_in(people.mads).get(f"/report/{draft.pk}/what/").status_code == 404
    acts = [entry.act for entry in journal.entries_of(f"draft:{draft.pk}", limit=9)]
    assert acts == ["take_in_evidence", "take_in_evidence", "receive_mail", "start_report"]


def test_believed_and_with_the_number_it_lies_on_her_case(mailbox: Account, people: Municipality) -> None:
    case = open_case(people)
    subject = f"Vs: grimt, sag {case.year}-{case.number:04d}"
    sent = ("Mads <MADS@kommunen.example>", "Anna Ankersen <anna@kommunen.example>")
    deliver(mailbox, *(with_files(sender=one, subject=subject, believed=True, number=n) for n, one in enumerate(sent)))
    assert round_() == 2
    items = evidence.items_of_case(case.pk)
    assert [one.made_by for one in items] == ["mail", "attachment", "mail"], "the same picture is there once"
    assert [one.added_by for one in items] == [people.mads.pk, people.mads.pk, people.anna.pk]
    assert Draft.objects.filter(case__isnull=True).count() == 0
    page = logged_in(people.mads).get(f"/case/{case.pk}/evidence/{items[0].id}/").content.decode()
    assert "Mailserveren siger god for afsenderen" in page


@pytest.mark.parametrize("who", ["anna", "karim", "amalie", "henrik", "olav"])
def test_a_number_alone_opens_nothing(mailbox: Account, people: Municipality, who: str) -> None:
    """Not believed it is the writer's word only; believed, she needs a part in which one may add evidence."""
    case = open_case(people)
    believed = who != "anna"
    subject = f"{case.year}-{case.number:04d}"
    deliver(mailbox, a_mail(f"{who}@kommunen.example", subject, believed=believed))
    assert round_() == 1
    assert evidence.items_of_case(case.pk) == []
    assert Draft.objects.get(case__isnull=True).author_id == getattr(people, who).pk


def test_a_closed_case_gets_nothing_more(mailbox: Account, people: Municipality) -> None:
    case = open_case(people)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    deliver(mailbox, a_mail(subject=f"{case.year}-{case.number:04d}", believed=True))
    assert round_() == 1
    assert evidence.items_of_case(case.pk) == []
    assert Draft.objects.filter(case__isnull=True).count() == 1


STRANGERS = {
    "a stranger": a_mail("Fremmed <en@andet.example>"),
    "nobody": a_mail("uden adresse"),
    "two": a_mail("anna@kommunen.example, mads@kommunen.example"),
    "a name that looks like hers": a_mail('"anna@kommunen.example" <en@andet.example>'),
    "almost hers": a_mail("anna@kommunen.example.evil.example"),
}
PROGRAMS = {
    "an answer": a_mail(Auto_Submitted="auto-replied"),
    "a list": a_mail(List_Id="<nyt.kommunen.example>"),
    "bulk": a_mail(Precedence="bulk"),
    "a bounce": a_mail(Return_Path="<>"),
    "ourselves": a_mail("Ind <ind@kommunen.example>"),
}


@pytest.mark.parametrize("kind", [*STRANGERS, *PROGRAMS])
def test_strangers_and_programs_are_counted_and_left_and_nobody_is_answered(
    mailbox: Account, people: Municipality, kind: str
) -> None:
    deliver(mailbox, {**STRANGERS, **PROGRAMS}[kind])
    assert round_() == 1
    assert outcomes() == {"unknown" if kind in STRANGERS else "loop": 1}
    assert Draft.objects.count() == 0
    assert (lying_in(mailbox, mailbox.done), lying_in(mailbox, mailbox.left)) == (0, 1)
    row = Letter.objects.get()
    assert (row.user_id, row.draft_id, row.case_id) == (None, None, None)


def test_somebody_who_has_left_is_a_stranger(mailbox: Account, people: Municipality) -> None:
    people.anna.is_active = False
    people.anna.save()
    deliver(mailbox, a_mail(believed=True))
    assert round_() == 1
    assert outcomes() == {"unknown": 1}


def test_the_same_mail_is_taken_in_once(mailbox: Account, people: Municipality) -> None:
    """Delivered twice, with other lines on top the second time; and once more by somebody who moved it back."""
    mail = with_files()
    again = b"Received: from somewhere by mx.example; Tue, 17 Nov 2026 10:00:00 +0100\r\n" + mail
    deliver(mailbox, mail, again)
    assert round_() == 2
    deliver(mailbox, mail)
    assert round_(minutes=1) == 1
    assert Draft.objects.count() == 1
    assert len(evidence.items_of_draft(Draft.objects.get().pk)) == 2
    assert (lying_in(mailbox, mailbox.folder), lying_in(mailbox, mailbox.done)) == (0, 3)


def test_a_message_id_written_in_advance_keeps_nobody_out(mailbox: Account, people: Municipality) -> None:
    deliver(mailbox, a_mail("en@andet.example", number=7), a_mail("karim@kommunen.example", number=7), a_mail(number=7))
    assert round_() == 3
    assert {draft.author_id for draft in Draft.objects.all()} == {people.anna.pk, people.karim.pk}


class Killed(BaseException):
    """What a kill looks like from inside: nothing catches it."""


@pytest.mark.parametrize("at", ["move", "second file", "first file", "outcome"])
def test_killed_anywhere_the_mail_is_there_once_in_the_end(
    mailbox: Account, people: Municipality, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(mailbox, with_files())
    calls: list[int] = []
    real = evidence_service.take_in

    def take_in(**given: Any) -> Any:
        calls.append(1)
        if len(calls) == {"first file": 1, "second file": 2}.get(at, 0):
            raise Killed
        return real(**given)

    def stop(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(keeping.evidence, "take_in", take_in)
        if at == "move":
            patched.setattr(Mailbox, "move", stop)
        if at == "outcome":
            patched.setattr(Letter, "save", _save_but(stop))
        with pytest.raises(Killed):
            round_()
    assert lying_in(mailbox, mailbox.folder) == 1, "still with the server"
    assert round_(minutes=1) == 1
    draft = Draft.objects.get()
    assert [one.made_by for one in evidence.items_of_draft(draft.pk)] == ["mail", "attachment"]
    assert outcomes() == {"kept": 1}
    assert lying_in(mailbox, mailbox.done) == 1


def _save_but(stop: Any) -> Any:
    real = Letter.save

    def save(self: Letter, **given: Any) -> None:
        if given.get("update_fields") == ["outcome"]:
            stop()
        real(self, **given)

    return save


def test_what_is_too_large_is_left_unread(mailbox: Account, people: Municipality, settings: Any) -> None:
    settings.FILE_MAX = 2000
    deliver(mailbox, with_files())
    assert round_() == 1
    assert outcomes() == {"too_large": 1}
    assert Draft.objects.count() == 0


def test_nobody_can_be_buried_in_drafts(mailbox: Account, people: Municipality) -> None:
    deliver(mailbox, *(a_mail(number=number) for number in range(DRAFTS_MAX + 3)))
    round_()
    assert Draft.objects.count() == DRAFTS_MAX
    assert outcomes() == {"kept": DRAFTS_MAX, "too_many": 3}


def test_a_mail_that_breaks_the_reader_keeps_no_other_out(
    mailbox: Account, people: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = keeping.reading.attachments

    def breaks(data: bytes) -> Any:
        if b"<1@" in data:
            raise KeyError("x")
        return real(data)

    monkeypatch.setattr(keeping.reading, "attachments", breaks)
    deliver(mailbox, a_mail(number=1), a_mail("mads@kommunen.example", number=2))
    assert round_() == 1
    assert lying_in(mailbox, mailbox.folder) == 1
    assert queries.health().why == "mail"


def test_mails_that_cannot_be_read_never_fill_a_round_and_nobody_waits_for_them(
    mailbox: Account, people: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "BATCH", 1)
    real = receiving.reading.read_head

    def breaks(data: bytes, **about: str) -> Any:
        if b"<2@" not in data:
            raise KeyError("x")
        return real(data, **about)

    monkeypatch.setattr(receiving.reading, "read_head", breaks)
    deliver(mailbox, *(a_mail(number=number) for number in range(3)))
    assert round_() == 1
    assert Draft.objects.count() == 1
    monkeypatch.setattr(receiving.reading, "read_head", real)
    assert round_(seconds=60) == 1, "the next round is not put off by one bad mail"


def test_a_name_with_a_nul_is_kept_in_words(mailbox: Account, people: Municipality) -> None:
    """PostgreSQL takes no NUL in a text: such a mail came back each round."""
    deliver(mailbox, with_files().replace(b"filename*=utf-8''l%C3%B8n.exe", b"filename*=utf-8''l%00n.exe"))
    assert round_() == 1
    assert outcomes() == {"kept": 1}
    letter, _picture = evidence.items_of_draft(Draft.objects.get().pk)
    assert letter.how["not_taken"] == ["l\ufffdn.exe"]


def test_a_head_without_end_is_left(mailbox: Account, people: Municipality) -> None:
    deliver(mailbox, b"X-A: " + b"a" * 70 + b"\r\n " + b"b\r\n " * 100_000 + b"c\r\n" + a_mail())
    assert round_() == 1
    assert outcomes() == {"too_large": 1}


def test_by_starttls_too(mailbox: Account, people: Municipality, settings: Any) -> None:
    settings.MAIL_IN = by_starttls(mailbox)
    deliver(mailbox, a_mail())
    assert round_() == 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"port": 1}, "unreachable"),
        ({"ca": ""}, "certificate"),
        ({"password": "forkert"}, "login"),
        ({"folder": "Findes-ikke"}, "folder"),
    ],
)
def test_a_mailbox_that_is_down_is_said_and_asked_again_later(
    mailbox: Account, people: Municipality, settings: Any, wrong: dict[str, Any], why: str
) -> None:
    deliver(mailbox, a_mail())
    settings.MAIL_IN = replace(mailbox, **wrong)
    assert round_() == 0
    assert queries.health().why == why
    page = logged_in(people.adam).get("/house/health/").content.decode()
    assert mailbox.address in page
    assert "virker ikke" in page
    settings.MAIL_IN = mailbox
    assert round_(seconds=30) == 0, "not yet"
    assert round_(minutes=2) == 1
    assert queries.health().failures == 0


def test_without_a_mailbox_nothing_is_asked_and_nothing_is_said(people: Municipality, settings: Any) -> None:
    settings.MAIL_IN = None
    assert receive_mail() == 0
    assert "ikke sat op" in logged_in(people.adam).get("/house/health/").content.decode()


def test_the_address_is_told_where_evidence_is_added(mailbox: Account, people: Municipality) -> None:
    case = open_case(people)
    page = logged_in(people.anna).get(f"/case/{case.pk}/take_in_evidence/").content.decode()
    assert mailbox.address in page
    assert f"{case.year}-{case.number:04d} i emnet" in page
