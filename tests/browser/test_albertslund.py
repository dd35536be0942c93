"""A whole case under the guideline of Albertslund, in the browser. She does not want a police report, so that a note is
written and registered instead. Once with the national layer and every duty done in earnest; once without script and
layer, where the manager says on each page what was done."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.browser import real
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.pictures import three_pictures
from tests.browser.real import Outside, endpoint, outside
from tests.browser.walk import Walk, close, decline, refused_to_close, report, settle
from tests.cases_kit import adopt, fresh
from tests.letters.kit import CLEAN
from tests.people_kit import Municipality
from vaern.cases import queries
from vaern.cases.models import Case, Fulfilment
from vaern.guideline.facts import State
from vaern.handover import queries as handovers
from vaern.journal import queries as journal

__all__ = ["endpoint", "outside"]  # fixtures
pytestmark = pytest.mark.browser

BEFORE_FOLLOWING_UP = (
    "remove_content", "contact_author", "decline_note", "register_decline_note", "apv_plan", "register_apv",
    "follow_up_affected",
)  # fmt: skip


def test_albertslund_with_every_duty_done_in_earnest(
    town: Municipality, open_page: OpenPage, outside: Outside, tmp_path: Path
) -> None:
    mads, anna, case = _to_the_declined_report(town, open_page, tmp_path, script=True)
    found = Case.objects.get()
    _content_and_author(mads, Walk(open_page, town.signe), found, outside)
    _declined_and_registered(mads, found, outside)
    settle(mads, case, "apv_plan")
    real.hand_over(mads, real.sheet(mads, found, "register_apv"))
    real.receipt(mads, "DEFGO-31")
    _filed(mads, found, outside, tmp_path)
    settle(mads, case, "follow_up_affected")
    refused_to_close(mads, case, "A39", "Anmeld arbejdsulykken i EASY", "Har der været fravær?")
    mads.goto(f"{case}note_facts/")
    mads.page.locator("[name=absence][value=no]").check()
    mads.press("Gem")
    for duty in _of_the_layer(found):
        settle(mads, case, duty)
    _to_the_last_word(town, mads, anna, case)
    assert real.all_received(mads, found) == 4
    assert real.only_ticked(found) == []


def test_albertslund_without_script(town: Municipality, open_page: OpenPage, tmp_path: Path) -> None:
    mads, anna, case = _to_the_declined_report(town, open_page, tmp_path, script=False)
    for duty in BEFORE_FOLLOWING_UP:
        settle(mads, case, duty)
    refused_to_close(mads, case, "A39")
    _to_the_last_word(town, mads, anna, case)


def _to_the_declined_report(
    town: Municipality, open_page: OpenPage, folder: Path, *, script: bool
) -> tuple[Walk, Walk, str]:
    adopt(town.organisation_id, "albertslund", national=script)
    anna = Walk(open_page, town.anna, script=script)
    case = report(anna, three_pictures(folder), definition="Digitale trusler")
    mads = Walk(open_page, town.mads, screen=PHONE if script else DESK, script=script)
    mads.goto("/duties/")
    settle(mads, case, "offer_to_join")
    decline(mads, case, "police_report", "Hun har tænkt over det og ønsker det ikke.")
    mads.reads("Skriv et notat om, at medarbejderen ikke vil anmelde")
    return mads, anna, case


def _content_and_author(mads: Walk, signe: Walk, case: Case, outside: Outside) -> None:
    """The platform is told by mail; the author gets a letter that a second person has read, who is asked in for it."""
    real.hand_over(mads, real.sheet(mads, case, "remove_content"))
    real.receipt(mads, "FB-7781")
    author = {"recipient": "Birger Borger", "email": "birger@borger.example", "text": CLEAN, "grounds": "Tre navne."}
    _ask_in(mads, case, "Signe Skov")
    title = "Sådan kan du kontakte os fremover"
    real.send(mads, real.write(mads, case, "contact_author", title, approved_by=signe, **author), "email")
    assert [mail["To"] for mail in outside.inbox.mails] == ["anmeldelser@platformen.example", "birger@borger.example"]


def _ask_in(mads: Walk, case: Case, name: str) -> None:
    mads.goto(f"/case/{case.pk}/bring_in/")
    mads.page.get_by_label("Navn eller e-mail").fill(name)
    mads.press("Find")
    mads.page.get_by_label(name).check()
    mads.page.locator("[name=role]").select_option("secretariat")
    mads.page.get_by_label("Hvorfor?").fill("Læser brevet, før det bliver sendt.")
    mads.press("Tag med ind i sagen")


def _declined_and_registered(mads: Walk, case: Case, outside: Outside) -> None:
    """The note is a letter to the file, and InsuBiz answers with the number of its registration."""
    note = {"recipient": "Personalesagen", "text": "Anna ønsker ikke at anmelde."}
    real.send(
        mads, real.write(mads, case, "decline_note", "Notat: der bliver ikke meldt til politiet", **note), "print"
    )
    outside.endpoint.answers.append((201, b'{"reference": "INB-2026-5"}'))
    real.hand_over(mads, real.sheet(mads, case, "register_decline_note"), "INB-2026-5")
    ((_headers, body),) = outside.endpoint.got
    assert json.loads(body)["channel"] == "insubiz_declined"


def _filed(mads: Walk, case: Case, outside: Outside, folder: Path) -> None:
    """The journal system takes a package: the documents as PDF/A, with the sheet as metadata."""
    mads.goto(f"{reverse('start_handover', args=[case.pk])}?channel=esdh")
    mads.press("Udfyld skemaet")
    real.fill(mads)
    real.hand_over(mads, handovers.handovers_of_case(case.pk)[0])
    real.receipt(mads, "2026-018842")
    package = next(file for file in outside.drop.iterdir() if file.suffix == ".zip")
    with ZipFile(package) as opened:
        assert opened.testzip() is None
        assert {Path(name).suffix for name in opened.namelist()} >= {".pdf", ".json"}


def _to_the_last_word(town: Municipality, mads: Walk, anna: Walk, case: str) -> None:
    found = Case.objects.get()
    for duty in _still_hers(found):
        settle(anna, f"{case}mine/", duty)
    anna.goto(f"{case}mine/")
    anna.reads("Mads Madsen har din sag", "valgt fra")

    settle(mads, case, "follow_up_colleagues")
    close(mads, case, "Tak, fordi du meldte det. Vi holder øje sammen.")
    anna.goto(f"{case}mine/")
    anna.reads("Sagen er afsluttet", "Vi holder øje sammen.")

    outcomes = dict(Fulfilment.objects.filter(case=found).values_list("duty", "outcome"))
    assert outcomes["police_report"] == "declined"
    closed = fresh(found)
    assert closed.closed_at is not None
    open_still = [row.id for row in queries.plan_of(closed, closed.closed_at).rows if row.state is State.OWED]
    assert open_still == []
    assert journal.verify_chain(town.organisation_id).breaks == ()


def _of_the_layer(case: Case) -> list[str]:
    """What the national layer asks of the manager by now."""
    rows = queries.plan_of(fresh(case), timezone.now()).rows
    owed = [row for row in rows if row.state is State.OWED and row.id.startswith("national_")]
    return [row.id for row in owed if "affected" not in row.owners]


def _still_hers(case: Case) -> list[str]:
    """What the guideline asks of the employee herself and her report has not already done."""
    at = fresh(case)
    rows = queries.plan_of(at, at.opened_at).rows
    return [row.id for row in rows if row.state is State.OWED and row.owners == ("affected",)]
