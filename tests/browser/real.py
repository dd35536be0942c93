"""Doing a duty as it is done in earnest, in a browser: a letter that goes out, a sheet that is handed over. Outside
stand real servers: mail (SMTP with STARTTLS), an endpoint (HTTPS), the police (SFTP), and folders."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.browser.walk import Walk, open_duty
from tests.cases_kit import fresh
from tests.handover.test_ways import Endpoint, deliver, endpoint, sftp_server
from tests.letters.kit import file_of, made
from tests.mail_kit import Inbox
from vaern.cases import queries as cases
from vaern.cases.models import Case
from vaern.cases.rules import SETTLES
from vaern.guideline.facts import State
from vaern.handover import queries as handovers
from vaern.handover.facts import Handover
from vaern.handover.rules import channel_for
from vaern.letters import queries as letters
from vaern.letters import service
from vaern.letters.facts import Letter
from vaern.letters.models import Version
from vaern.letters.rules import letters_for

__all__ = ["endpoint", "outside"]  # fixtures
SENT = {"print": "Sendt", "email": "Sendt som mail", "digital_post": "Sendt som Digital Post"}
MAY_BE_EMPTY = {"identify", "remarks"}
FILLED = {"day": "2026-11-16", "textarea": "Det, der skal stå.", "text": "Kort svar"}


@dataclass(frozen=True, slots=True)
class Outside:
    """What has arrived where."""

    inbox: Inbox
    endpoint: type[Endpoint]
    police: Path
    post: Path
    drop: Path


@pytest.fixture
def outside(settings: Settings, tmp_path: Path, endpoint: type[Endpoint], inbox: Inbox) -> Iterator[Outside]:
    """SafetyNet and InsuBiz answer at an endpoint, the police take files over SFTP, Digital Post, DEFGO and the journal
    system take them from folders, and the platform reads mail. EASY and crisis help are not connected: a person goes
    there, and writes down what came of it."""
    root, post, drop = (tmp_path / name for name in ("sftp", "post", "drop"))
    for folder in (root / "in", post, drop):
        folder.mkdir(parents=True)
    (tmp_path / "password").write_text("et-langt-ord")
    https = settings.HANDOVER["safetynet"]
    with sftp_server(root) as (port, key):
        (tmp_path / "known_hosts").write_text(f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n")
        settings.HANDOVER = {
            "safetynet": https,
            "insubiz_declined": https,
            "police": {
                "way": "sftp", "host": "127.0.0.1", "port": str(port), "user": "vaern", "folder": "in",
                "host_key_file": str(tmp_path / "known_hosts"), "password_file": str(tmp_path / "password"),
            },
            "defgo": {"way": "drop", "folder": str(drop)},
            "esdh": {"way": "drop", "folder": str(drop)},
            "platform": {"way": "mail", "address": "anmeldelser@platformen.example"},
            "digital_post": {"way": "drop", "folder": str(post), "cvr": "12345674", "sender": "Eksempelby"},
        }  # fmt: skip
        yield Outside(inbox, endpoint, root / "in", post, drop)


# --- letters ------------------------------------------------------------------------------------------------


def write(walk: Walk, case: Case, duty: str, title: str, *, approved_by: Walk | None = None, **words: str) -> Letter:
    """A letter begun on the duty, written, made as a worker does, and approved, by somebody else where it asks that."""
    open_duty(walk, f"/case/{case.pk}/", duty)
    walk.follow(f"Skriv brevet her: {title}")
    walk.press("Skriv på brevet")
    for name, value in words.items():
        walk.page.locator(f"[name={name}]").fill(value)
    text = walk.page.locator("[name=text]")
    text.fill(text.input_value().replace("____", "Mads"))
    walk.press("Gem udkastet")
    letter = letters.letters_of_case(case.pk)[0]
    made(letter)
    who = approved_by or walk
    who.goto(reverse("see_letter", args=[case.pk, letter.id]))
    who.press("Godkend brevet")
    return letter


def send(walk: Walk, letter: Letter, how: str, **words: str) -> bytes:
    """Asked for on the page, and taken out as a worker does. The PDF that was sent."""
    walk.goto(reverse("see_letter", args=[letter.case_id, letter.id]))
    walk.page.locator(f"[name=how][value={how}]").check()
    for name, value in words.items():
        walk.page.locator(f"[name={name}]").fill(value)
    walk.press("Gem: brevet er sendt")
    service.mail_letter(letter=str(letter.id))
    walk.goto(reverse("see_letter", args=[letter.case_id, letter.id]))
    walk.reads(SENT[how])
    return file_of(Version.objects.get(letter_id=letter.id, number=letter.version).pdf)


def talk(walk: Walk, case: Case, duty: str) -> None:
    """The conversation, written down where she can read it."""
    open_duty(walk, f"/case/{case.pk}/", duty)
    walk.follow("Skriv samtalen ned her i stedet")
    walk.page.get_by_label("Telefon").check()
    walk.page.get_by_label("Hvad talte I om?").fill("Anna vil gerne have følgeskab.")
    walk.press("Gem samtalen")
    walk.reads("Medarbejderen kan læse den.")


# --- sheets -------------------------------------------------------------------------------------------------


def fill(walk: Walk) -> None:
    """Whatever is empty, in the way its field asks for; the browser is asked once, and not field by field."""
    walk.page.get_by_role("button", name="Gem skemaet").wait_for()
    walk.page.evaluate(
        """words => {
          for (const field of document.querySelectorAll("main form [name]")) {
            if (field.value || field.type === "hidden") continue;
            if (field.tagName === "SELECT") field.selectedIndex = 1;
            else field.value = words[field.type === "date" ? "day" : field.type] || words.text;
          }
        }""",
        FILLED,
    )
    walk.press("Gem skemaet")


def sheet(walk: Walk, case: Case, duty: str) -> Handover:
    """The sheet begun on the duty, and filled in: a field can be copied, and all are in the file one can fetch."""
    open_duty(walk, f"/case/{case.pk}/", duty)
    walk.press("Udfyld skemaet her i stedet")
    fill(walk)
    _copied(walk)
    assert all(value for name, value in fetched(walk).items() if name not in MAY_BE_EMPTY)
    return handovers.handovers_of_case(case.pk)[0]


def hand_over(walk: Walk, handover: Handover, words: str = "Sendt") -> None:
    """Sent from the page, and delivered as a worker does."""
    walk.page.locator("form[action$='/send/'] button").click()
    deliver(handover)
    walk.goto(reverse("see_handover", args=[handover.case_id, handover.id]))
    walk.reads(words)


def receipt(walk: Walk, number: str) -> None:
    walk.page.locator("[name=reference]").fill(number)
    walk.press("Gem kvitteringen")
    walk.reads("Kvitteringen er gemt.", number)


def _copied(walk: Walk) -> None:
    """A field is copied by its button, exactly."""
    walk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = walk.main().locator("[data-copy]").first
    button.click()
    field = walk.main().locator(f"#{button.get_attribute('data-copy')}")
    assert walk.page.evaluate("navigator.clipboard.readText()") == field.input_value()


def fetched(walk: Walk) -> dict[str, str]:
    """The fields of the sheet as they stand in the file one can fetch."""
    with walk.page.expect_download() as coming:
        walk.main().get_by_role("button", name="Hent som data (JSON)").click()
    found: dict[str, str] = json.loads(coming.value.path().read_text(encoding="utf-8"))["fields"]
    return found


def all_received(walk: Walk, case: Case) -> int:
    """How many sheets there are; the list says of each that it was received."""
    walk.goto(reverse("see_handovers", args=[case.pk]))
    there = len(handovers.handovers_of_case(case.pk))
    assert walk.main().get_by_text("Modtaget").count() == there
    return there


def only_ticked(case: Case) -> list[str]:
    """Duties that are done, and that a letter or a sheet does, but that no letter and no sheet did, nor what somebody
    does in Værn anyway, as handing evidence in."""
    plan = cases.plan_of(fresh(case), timezone.now())
    values = {name: tuple(one) if isinstance(one, list) else one for name, one in fresh(case).facts.items()}
    really = {one.duty for one in handovers.handovers_of_case(case.pk) if one.state == "received"}
    really |= {one.duty for one in letters.letters_of_case(case.pk) if one.state in {"sent", "confirmed"}}
    duty, in_vaern = plan.composed.duty, frozenset[str]().union(*SETTLES.values())
    done = [row.id for row in plan.rows if row.state is State.DONE and row.id not in really]
    done = [one for one in done if duty[one].act not in in_vaern]
    return [one for one in done if channel_for(duty[one]) or letters_for(plan.composed, duty[one], values)]
