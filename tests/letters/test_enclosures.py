"""Evidence that goes along with a letter: only what may go out, with what its file says of itself looked through."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pytest_django import Settings

from tests.cases_kit import NOW
from tests.evidence.files import jpeg, upload
from tests.letters.kit import a_case, again, approved, begun, made, sent, written
from tests.letters.seeded import KNOWN, planted
from tests.mail_kit import Inbox
from tests.people_kit import Municipality, actor
from tests.web.report.kit import a_picture
from vaern.cases.models import Case
from vaern.core.digest import digest
from vaern.core.refusal import Refused
from vaern.evidence import queries as evidence_queries
from vaern.evidence import service as evidence
from vaern.evidence.facts import Box, Item
from vaern.letters import leaks, service
from vaern.letters.facts import Letter
from vaern.letters.service.making import pieces_of

MEMO = "{https://DigitalPost.dk/MeMo-1}"


@pytest.fixture
def case(people: Municipality) -> Case:
    return a_case(people)


@pytest.fixture
def picture(case: Case) -> Item:
    return evidence_queries.items_of_case(case.pk)[0]


def with_enclosed(people: Municipality, case: Case, *items: Item) -> Letter:
    return written(people, begun(people, case), enclosures=tuple(str(item.id) for item in items))


def kinds(people: Municipality, letter: Letter) -> set[tuple[str, str]]:
    found = service.findings_of(actor=actor(people.mads), case_id=letter.case_id, letter_id=letter.id, now=NOW)
    return {(one.kind, one.where) for one in found}


def test_what_a_file_says_of_itself_is_found_where_nobody_sees_it(people: Municipality, case: Case) -> None:
    photo = evidence.take_in(
        actor=actor(people.anna), upload=upload("Anna Ankersen hjemme.jpg", jpeg()), case_id=case.pk, now=NOW
    )
    letter = with_enclosed(people, case, photo)
    assert kinds(people, letter) >= {("affected", "metadata"), ("place", "metadata")}
    made(letter)
    with pytest.raises(Refused) as raised:
        approved(people, letter)
    assert raised.value.refusal.code == "leaks_second_person"
    assert approved(people, letter, people.signe, "Hun har selv bedt om det.").state == "approved"


def test_an_original_gives_way_to_its_masked_copy_also_after_it_was_chosen(
    people: Municipality, case: Case, picture: Item
) -> None:
    letter = with_enclosed(people, case, picture)
    made(letter)
    letter = approved(people, letter)
    mask = evidence.mask_evidence(
        actor=actor(people.mads), relations={"manager"}, item=picture, boxes=[Box(0, 0, 50, 50)], now=NOW
    )
    assert [one.id for one in service.enclosable(case.pk)] == [mask.id]
    with pytest.raises(Refused) as raised:
        sent(people, case, letter)
    assert raised.value.refusal.code == "no_enclosure"
    with pytest.raises(Refused):
        with_enclosed(people, case, picture)
    assert with_enclosed(people, case, mask).written.enclosures == (str(mask.id),)


def test_another_cases_evidence_is_no_enclosure(people: Municipality, case: Case) -> None:
    (elsewhere,) = evidence_queries.items_of_case(a_case(people).pk)
    with pytest.raises(Refused) as raised:
        with_enclosed(people, case, elsewhere)
    assert (raised.value.refusal.code, raised.value.refusal.field) == ("no_enclosure", "enclosures")


def test_too_much_is_said(people: Municipality, case: Case, monkeypatch: pytest.MonkeyPatch, picture: Item) -> None:
    monkeypatch.setattr("vaern.letters.rules.checks.ENCLOSED_MAX", picture.size - 1)
    with pytest.raises(Refused) as raised:
        with_enclosed(people, case, picture)
    assert raised.value.refusal.code == "too_heavy"


def test_a_mail_carries_the_very_bytes_and_the_custody_says_so(
    people: Municipality, case: Case, picture: Item, inbox: Inbox
) -> None:
    letter = with_enclosed(people, case, picture)
    letter = written(people, letter, email="birger@borger.example", enclosures=letter.written.enclosures)
    made(letter)
    approved(people, letter)
    sent(people, case, letter, "email")
    assert not _hands(case), "asked for is not sent"
    service.mail_letter(letter=str(letter.id))
    (mail,) = inbox.mails
    pdf, enclosed = mail.iter_attachments()
    assert pdf.get_filename() == "brev.pdf"
    assert enclosed.get_filename() == "bilag-1-opslag.png"
    assert digest(enclosed.get_payload(decode=True)) == picture.sha256  # type: ignore[arg-type]
    (entry,) = _hands(case)
    assert (entry.data["item"], entry.data["letter"]) == (str(picture.id), str(letter.id))
    assert again(letter).state == "sent"


def test_what_was_masked_after_it_was_asked_to_go_does_not_leave(
    people: Municipality, case: Case, picture: Item, inbox: Inbox
) -> None:
    letter = with_enclosed(people, case, picture)
    letter = written(people, letter, email="birger@borger.example", enclosures=letter.written.enclosures)
    made(letter)
    approved(people, letter)
    sent(people, case, letter, "email")
    evidence.mask_evidence(
        actor=actor(people.mads), relations={"manager"}, item=picture, boxes=[Box(0, 0, 50, 50)], now=NOW
    )
    service.mail_letter(letter=str(letter.id))
    assert (inbox.mails, again(letter).state, again(letter).mail_problem) == ([], "approved", "enclosures")
    taken_back = service.reopen_letter(actor=actor(people.mads), case_id=case.pk, letter_id=letter.id, now=NOW)
    assert taken_back.state == "draft"


def _hands(case: Case) -> list[object]:
    return list(evidence_queries.custody(case.pk, acts=["enclose_evidence"]))


def test_digital_post_carries_it_as_a_document_of_its_own(
    people: Municipality, case: Case, picture: Item, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "drop").mkdir()
    settings.HANDOVER = {
        "digital_post": {"way": "drop", "folder": str(tmp_path / "drop"), "cvr": "12345674", "sender": "Eksempelby"}
    }
    letter = with_enclosed(people, case, picture)
    made(letter)
    approved(people, letter)
    sent(people, case, letter, "digital_post", number="070761-4285")
    service.mail_letter(letter=str(letter.id))
    (file,) = (tmp_path / "drop").iterdir()
    (document,) = ElementTree.fromstring(file.read_bytes()).iter(f"{MEMO}AdditionalDocument")
    found = {one.tag.removeprefix(MEMO): one.text or "" for one in document.iter()}
    assert (found["filename"], found["encodingFormat"]) == ("bilag-1-opslag.png", "image/png")
    assert digest(b64decode(found["content"])) == picture.sha256


def test_the_letter_itself_names_what_is_enclosed(people: Municipality, case: Case, picture: Item) -> None:
    second = evidence.take_in(
        actor=actor(people.anna), upload=a_picture("svar.png", (9, 9, 9)), case_id=case.pk, now=NOW
    )
    row = made(with_enclosed(people, case, second, picture))
    assert pieces_of(row)["enclosures"] == ["1: opslag.png", "2: svar.png"]


def test_everything_planted_in_the_metadata_of_two_hundred_enclosures_is_found() -> None:
    missed = [
        (one.kind, one.planted)
        for one in planted(seed=11, each=20)
        if one.kind not in {kind.kind for kind in leaks.find("Goddag", KNOWN, metadata=[one.planted])}
    ]
    assert missed == []
