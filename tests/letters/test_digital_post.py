"""A letter as Digital Post: a MeMo message with everything in its place, sealed, taken out by a job to a real drop."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.db import connection
from pytest_django import Settings

from tests.cases_kit import NOW
from tests.letters.kit import a_case, again, file_of, ready, sent
from tests.people_kit import Municipality
from vaern.cases import queries as cases
from vaern.cases.models import Case
from vaern.config import handover
from vaern.core.digest import digest
from vaern.core.refusal import Refused
from vaern.journal import queries as journal
from vaern.letters import rules, service
from vaern.letters.facts import Letter
from vaern.letters.models import Letter as Row
from vaern.letters.models import Version

CPR = "070761-4285"  # invented, like the person
MEMO = "{https://DigitalPost.dk/MeMo-1}"


@pytest.fixture
def drop(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    settings.HANDOVER = {
        "digital_post": {"way": "drop", "folder": str(folder), "cvr": "12345674", "sender": "Eksempelby Kommune"}
    }
    return folder


@pytest.fixture
def case(people: Municipality) -> Case:
    return a_case(people)


@pytest.fixture
def letter(people: Municipality, case: Case) -> Letter:
    return ready(people, case)


def test_the_message_read_back_has_everything_in_its_place(
    people: Municipality, case: Case, letter: Letter, drop: Path
) -> None:
    asked = sent(people, case, letter, "digital_post", number=CPR)
    assert (asked.state, list(drop.iterdir())) == ("approved", [])
    service.mail_letter(letter=str(letter.id))
    (file,) = drop.iterdir()
    row = Row.objects.get(pk=letter.id)
    assert file.name == f"digitalpost-{row.message_id}.xml"
    assert digest(file.read_bytes()) == row.post_sha256
    message = ElementTree.fromstring(file.read_bytes())
    assert (message.tag, message.attrib) == (f"{MEMO}Message", {"memoVersion": "1.2"})
    assert said(message, "MessageHeader") == {
        "messageType": "DIGITALPOST",
        "messageUUID": row.message_id,
        "label": "Brev fra Eksempelby Kommune",
        "mandatory": "false",
        "legalNotification": "false",
        "Sender.senderID": "12345674",
        "Sender.idType": "CVR",
        "Sender.label": "Eksempelby Kommune",
        "Recipient.recipientID": "0707614285",
        "Recipient.idType": "CPR",
    }
    body = said(message, "MessageBody")
    pdf = b64decode(body.pop("MainDocument.File.content"))
    assert pdf == file_of(Version.objects.get(letter_id=letter.id, number=letter.version).pdf)
    assert body == {
        "createdDateTime": "2026-11-17T09:00:00Z",
        "MainDocument.label": "Brev fra Eksempelby Kommune",
        "MainDocument.File.encodingFormat": "application/pdf",
        "MainDocument.File.filename": "brev.pdf",
        "MainDocument.File.language": "da",
    }


def said(message: ElementTree.Element, part: str) -> dict[str, str]:
    """Every leaf below a part: the path to it, and its text."""
    found: dict[str, str] = {}

    def walk(element: ElementTree.Element, path: tuple[str, ...]) -> None:
        for child in element:
            here = (*path, child.tag.removeprefix(MEMO))
            if len(child):
                walk(child, here)
            else:
                found[".".join(here)] = child.text or ""

    under = message.find(f"{MEMO}{part}")
    assert under is not None
    walk(under, ())
    return found


def test_it_is_sent_when_it_has_left_and_once_and_its_duty_is_done(
    people: Municipality, case: Case, letter: Letter, drop: Path
) -> None:
    sent(people, case, letter, "digital_post", number=CPR)
    service.mail_letter(letter=str(letter.id))
    assert again(letter).state == "sent"
    assert cases.fulfilments(case).filter(duty="letter_to_author").count() == 1
    entry = journal.entries_of(f"case:{case.pk}", acts=["send_letter"], limit=1)[0]
    assert (entry.data["how"], entry.data["memo"]) == ("digital_post", Row.objects.get(pk=letter.id).post_sha256)
    (file,) = drop.iterdir()
    file.unlink()
    service.mail_letter(letter=str(letter.id))
    service.mail_letters()
    assert list(drop.iterdir()) == []


def test_the_number_stands_in_the_sealed_message_and_nowhere_else(
    people: Municipality, case: Case, letter: Letter, drop: Path, vault_folder: Path
) -> None:
    sent(people, case, letter, "digital_post", number=CPR)
    service.mail_letter(letter=str(letter.id))
    written = [path.read_bytes() for path in vault_folder.rglob("*") if path.is_file()]
    assert written
    assert not any(b"0707614285" in one for one in written), "what lies in the vault is sealed"
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not any("0707614285" in str(row) or CPR in str(row) for row in cursor.fetchall()), table
    kept = Row.objects.get(pk=letter.id).post
    assert b"0707614285" in file_of(kept)
    assert isinstance(kept, UUID)


def test_a_place_that_is_away_is_tried_again_with_the_same_message(
    people: Municipality, case: Case, letter: Letter, drop: Path
) -> None:
    sent(people, case, letter, "digital_post", number=CPR)
    away = drop.rename(drop.with_name("away"))
    service.mail_letter(letter=str(letter.id))
    assert (again(letter).state, again(letter).mail_problem) == ("approved", "FileNotFoundError")
    away.rename(drop)
    service.mail_letters()
    service.mail_letter(letter=str(letter.id))
    assert [file.name for file in drop.iterdir()] == [f"digitalpost-{Row.objects.get(pk=letter.id).message_id}.xml"]
    assert again(letter).state == "sent"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("070761-4285", "0707614285"),
        ("070761 4285", "0707614285"),
        ("12345674", "12345674"),
        ("12 34 56 74", "12345674"),
        ("310299-1234", ""),  # no such day
        ("12345678", ""),  # the check digit is another
        ("07076142", ""),
        ("", ""),
        ("Birger Borger", ""),
    ],
)
def test_a_number_is_read_with_and_without_its_marks(typed: str, read: str) -> None:
    assert rules.number_of(typed) == read


@pytest.mark.parametrize("number", ["", "12", "310299-1234"])
def test_without_a_number_nothing_is_made(
    people: Municipality, case: Case, letter: Letter, drop: Path, number: str
) -> None:
    with pytest.raises(Refused) as raised:
        sent(people, case, letter, "digital_post", number=number)
    assert (raised.value.refusal.code, raised.value.refusal.field) == ("no_number", "number")
    assert Row.objects.get(pk=letter.id).post is None


def test_where_no_place_is_set_up_it_is_not_offered(people: Municipality, case: Case, letter: Letter) -> None:
    assert "digital_post" not in service.ways_of(case)
    with pytest.raises(Refused) as raised:
        sent(people, case, letter, "digital_post", number=CPR)
    assert raised.value.refusal.code == "no_post"


def test_an_answer_by_is_the_end_of_that_danish_day(people: Municipality, case: Case, drop: Path) -> None:
    letter = ready(people, case, answer_by=NOW.date())
    sent(people, case, letter, "digital_post", number="12345674")
    message = ElementTree.fromstring(file_of(Row.objects.get(pk=letter.id).post))
    header = said(message, "MessageHeader")
    assert (header["replyByDateTime"], header["Recipient.idType"]) == ("2026-11-17T22:59:59Z", "CVR")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('way = "drop"\nfolder = "{folder}"\nsender = "X"', "cvr is missing"),
        ('way = "drop"\nfolder = "{folder}"\nsender = "X"\ncvr = "12345678"', "no CVR number"),
        ('way = "mail"\naddress = "x@y.example"\nsender = "X"\ncvr = "12345674"', "Digital Post is no mail"),
    ],
)
def test_a_place_that_is_set_up_wrong_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, said: str
) -> None:
    file = tmp_path / "handover.toml"
    file.write_text(f"[digital_post]\n{table.format(folder=tmp_path)}")
    monkeypatch.setenv("VAERN_HANDOVER_FILE", str(file))
    with pytest.raises(handover.env.SettingProblem, match=said):
        handover.read(mail=True)
