"""Brovst's duties done for real, from a phone: what leaves the house arrives at real servers, and comes back as a
receipt. A mail (SMTP with STARTTLS), Digital Post (a folder), a registration (HTTPS), the police (SFTP)."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.browser import walk as by_hand
from tests.browser.conftest import OpenPage
from tests.browser.test_handover_page import fill
from tests.browser.walk import Walk
from tests.bundle.kit import ask, make, zip_of
from tests.cases_kit import row
from tests.handover.test_ways import Endpoint, deliver, endpoint, sftp_server
from tests.letters.kit import CLEAN, a_case, file_of, made
from tests.mail_kit import Inbox
from tests.people_kit import Municipality
from vaern.bundle import verify
from vaern.cases.models import Case
from vaern.core.digest import digest
from vaern.evidence import queries as evidence
from vaern.guideline.facts import State
from vaern.handover import queries as handovers
from vaern.letters import queries as letters
from vaern.letters import service
from vaern.letters.facts import Letter
from vaern.letters.models import Version

__all__ = ["endpoint"]  # a real HTTPS server, the same as for the ways out
MEMO = "{https://DigitalPost.dk/MeMo-1}"


@pytest.fixture
def police(settings: Settings, tmp_path: Path, endpoint: type[Endpoint]) -> Iterator[Path]:
    """The folder of the police's SFTP server; Digital Post goes to a folder of its own."""
    root, known, password, post = (tmp_path / name for name in ("sftp", "known_hosts", "password", "post"))
    (root / "in").mkdir(parents=True)
    post.mkdir()
    password.write_text("et-langt-ord")
    with sftp_server(root) as (port, key):
        known.write_text(f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n")
        settings.HANDOVER = {
            **settings.HANDOVER,
            "police": {
                "way": "sftp", "host": "127.0.0.1", "port": str(port), "user": "vaern", "folder": "in",
                "host_key_file": str(known), "password_file": str(password),
            },
            "digital_post": {"way": "drop", "folder": str(post), "cvr": "12345674", "sender": "Eksempelby"},
        }  # fmt: skip
        yield root / "in"


def is_done(case: Case, duty: str) -> bool:
    return row(case, duty, timezone.now()).state is State.DONE


def write(mads: Walk, case: Case, duty: str, title: str, **words: str) -> Letter:
    """A letter begun on the duty, written, made as a worker does, and approved."""
    mads.goto(reverse("fulfil_duty", args=[case.pk, duty]))
    mads.follow(f"Skriv brevet her: {title}")
    mads.press("Skriv på brevet")
    for name, value in words.items():
        mads.page.locator(f"[name={name}]").fill(value)
    text = mads.page.locator("[name=text]")
    text.fill(text.input_value().replace("____", "Mads"))
    mads.press("Gem udkastet")
    letter = letters.letters_of_case(case.pk)[0]
    made(letter)
    mads.follow("Se, om det er klar")
    mads.press("Godkend brevet")
    return letter


def send(mads: Walk, letter: Letter, how: str, **words: str) -> None:
    """Asked for on the page, and taken out as a worker does."""
    mads.page.locator(f"[name=how][value={how}]").check()
    for name, value in words.items():
        mads.page.locator(f"[name={name}]").fill(value)
    mads.press("Gem: brevet er sendt")
    service.mail_letter(letter=str(letter.id))
    mads.goto(reverse("see_letter", args=[letter.case_id, letter.id]))


def test_letters_go_out_by_mail_and_digital_post_and_colleagues_hear_only_what_was_agreed(
    town: Municipality, open_page: OpenPage, inbox: Inbox, police: Path, tmp_path: Path
) -> None:
    case = a_case(town)
    mads = Walk(open_page, town.mads)

    author = {"recipient": "Birger Borger", "email": "birger@borger.example", "text": CLEAN, "grounds": "Tre navne."}
    letter = write(mads, case, "letter_to_author", "Brev til den, der har ytret sig", **author)
    send(mads, letter, "email")
    mads.reads("Sendt som mail")
    (mail,) = inbox.mails
    (attached,) = mail.iter_attachments()
    assert attached.get_payload(decode=True) == file_of(Version.objects.get(letter_id=letter.id, number=2).pdf)

    head = {"recipient": "Henrik Hansen", "text": "Sagen ligger i Værn."}
    letter = write(mads, case, "notify_head", "Til myndighedslederen: en medarbejder er udsat", **head)
    send(mads, letter, "digital_post", number="12345674")
    mads.reads("Sendt som Digital Post")
    assert is_done(case, "notify_head")
    (file,) = (tmp_path / "post").iterdir()
    message = ElementTree.fromstring(file.read_bytes())
    assert message.findtext(f".//{MEMO}recipientID") == "12345674"
    pdf = b64decode(message.findtext(f".//{MEMO}content") or "")
    assert pdf == file_of(Version.objects.get(letter_id=letter.id, number=2).pdf)

    mads.goto(f"{reverse('draft_letter', args=[case.pk])}?template=inform_colleagues")
    mads.press("Skriv på brevet")
    mads.reads("Aftal først med medarbejderen, hvad kollegerne får at vide.")
    by_hand.settle(mads, f"/case/{case.pk}/", "agree_colleague_information")
    letter = write(mads, case, "inform_colleagues", "Orientering til kolleger")
    assert by_hand.WORDS["agreed"] in letters.letter(case.pk, letter.id).written.text
    send(mads, letter, "print")
    assert is_done(case, "inform_colleagues")
    assert mads.faults == []


def test_a_registration_comes_back_with_its_number_and_the_police_get_what_can_be_verified(
    town: Municipality, open_page: OpenPage, endpoint: type[Endpoint], police: Path, tmp_path: Path
) -> None:
    case = a_case(town)
    mads = Walk(open_page, town.mads)

    mads.goto(reverse("fulfil_duty", args=[case.pk, "register_incident"]))
    mads.press("Udfyld skemaet her i stedet")
    fill(mads)
    endpoint.answers.append((201, b'{"reference": "SN-2026-99"}'))
    mads.page.locator("form[action$='/send/'] button").click()
    sheet = handovers.handovers_of_case(case.pk)[0]
    deliver(sheet)
    mads.goto(reverse("see_handover", args=[case.pk, sheet.id]))
    mads.reads("Modtaget", "SN-2026-99")
    assert is_done(case, "register_incident")
    assert digest(endpoint.got[0][1]) == handovers.handover(case.pk, sheet.id).sha256

    bundle = make(ask(town, case, evidence.items_of_case(case.pk)))
    assert verify.check(zip_of(bundle, tmp_path / "pakke.zip"), "da").code == 0
    mads.goto(f"{reverse('start_handover', args=[case.pk])}?channel=police")
    mads.press("Udfyld skemaet")
    fill(mads)
    mads.page.locator("form[action$='/send/'] button").click()
    deliver(handovers.handovers_of_case(case.pk)[0])
    (file,) = police.iterdir()
    fields = json.loads(file.read_bytes())["fields"]
    assert fields["bundle"].endswith(bundle.sha256)
    assert mads.faults == []
