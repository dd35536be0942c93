"""A whole case under the guideline of Brovst and the national layer, in the browser, with every duty done in earnest:
she reports on her phone, the manager's letters and sheets arrive at real servers and come back as receipts, the
secretariat does its own, she looks on, and the case is closed."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import real
from tests.browser.conftest import DESK, OpenPage
from tests.browser.pictures import three_pictures
from tests.browser.real import Outside, endpoint, outside
from tests.browser.walk import WORDS, Walk, close, decline, refused_to_close, report, settle
from tests.bundle.kit import make, zip_of
from tests.cases_kit import adopt, fresh
from tests.letters.kit import CLEAN
from tests.people_kit import Municipality
from vaern.bundle import queries as bundles
from vaern.bundle import verify
from vaern.cases import queries
from vaern.cases.models import Case
from vaern.core.digest import digest
from vaern.evidence import queries as evidence
from vaern.guideline.facts import Row, State
from vaern.handover import queries as handovers
from vaern.journal import queries as journal
from vaern.letters import queries as letters

__all__ = ["endpoint", "outside"]  # fixtures
pytestmark = pytest.mark.browser

MEMO = "{https://DigitalPost.dk/MeMo-1}"
SAID_AND_WRITTEN = (
    "offer_time_off", "offer_company_home", "not_alone", "privacy_check", "decide_after_letter",
    "national_offer_police_help",
)  # fmt: skip
"""What is done by talking, and by writing down that it was."""


def test_brovst_from_the_report_to_the_last_word(
    town: Municipality, open_page: OpenPage, outside: Outside, tmp_path: Path
) -> None:
    adopt(town.organisation_id, "brovst")
    anna = Walk(open_page, town.anna)
    case = report(anna, three_pictures(tmp_path))
    assert anna.page.locator('main a[href="tel:60111144"]').count() >= 1, "crisis help is one tap away"
    found = Case.objects.get()
    assert [item.kind.id for item in evidence.items_of_case(found.pk)] == ["png", "jpeg", "heic"]

    mads = Walk(open_page, town.mads)
    mads.goto("/duties/")
    mads.reads("Lyt til medarbejderen")
    _looks_at_a_picture_only_when_asked(mads, case)
    refused_to_close(mads, case, "B25", "B29", "B36", "B49")
    decline(mads, case, "agree_psychologist", "Hun vil helst tale med sin egen læge.")
    settle(mads, case, "insist_on_help")
    settle(mads, case, "agree_psychologist", again=True)
    real.talk(mads, found, "listen_and_note")
    _letters(mads, found, outside)
    _colleagues_hear_what_was_agreed(mads, found)
    settle(mads, case, "national_decide_police_report", ending="Det bliver anmeldt")
    for duty in SAID_AND_WRITTEN:
        settle(mads, case, duty)
    _sheets(mads, found, outside, tmp_path)
    settle(mads, case, "national_follow_up_police")

    signe = Walk(open_page, town.signe, screen=DESK)
    settle(signe, "/duties/", "legal_assessment", ending="Der er ikke grundlag for at gå videre")

    _anna_looks_on(anna, case)
    for duty in ("national_self_report_accident", "national_consider_own_case"):
        settle(anna, f"{case}mine/", duty)
    refused_to_close(mads, case, "B42")
    mads.goto(case)
    mads.main().get_by_text("Skriv til medarbejderen", exact=True).click()
    mads.page.get_by_label("Besked til medarbejderen").fill("Brevet er sendt, og navnene er væk nu.")
    mads.press("Send til medarbejderen")
    close(mads, case, "Tak, fordi du sagde til. Kom til mig, hvis der kommer mere.")

    anna.goto(f"{case}mine/")
    anna.reads("Sagen er afsluttet", "Tak, fordi du sagde til.", "Brevet er sendt")
    left = [(row.id, row.times_done) for row in _at_the_end(found) if row.state is not State.DONE]
    assert left == [("national_follow_up_police", 1), ("keep_informed", 1)], "which go on for as long as it lasts"
    assert real.only_ticked(found) == []
    assert real.all_received(mads, found) == 4
    assert journal.verify_chain(town.organisation_id).breaks == ()


def _letters(mads: Walk, case: Case, outside: Outside) -> None:
    """To the author and the secretariat by mail, to the head of authority by Digital Post."""
    author = {"recipient": "Birger Borger", "email": "birger@borger.example", "text": CLEAN, "grounds": "Tre navne."}
    letter = real.write(mads, case, "letter_to_author", "Brev til den, der har ytret sig", **author)
    pdf = real.send(mads, letter, "email")
    (mail,) = outside.inbox.mails
    (attached,) = mail.iter_attachments()
    assert (mail["To"], attached.get_payload(decode=True)) == ("birger@borger.example", pdf)

    legal = {"recipient": "Sekretariatet", "email": "jura@kommunen.example", "text": "Vil I vurdere sagen?"}
    letter = real.write(mads, case, "refer_to_secretariat", "Anmodning om juridisk vurdering", **legal)
    real.send(mads, letter, "email")
    assert [mail["To"] for mail in outside.inbox.mails][1:] == ["jura@kommunen.example"]

    head = {"recipient": "Henrik Holm", "text": "Sagen ligger i Værn."}
    letter = real.write(mads, case, "notify_head", "Til myndighedslederen: en medarbejder er udsat", **head)
    pdf = real.send(mads, letter, "digital_post", number="12345674")
    (file,) = outside.post.iterdir()
    message = ElementTree.fromstring(file.read_bytes())
    assert message.findtext(f".//{MEMO}recipientID") == "12345674"
    assert message.findtext(f".//{MEMO}senderID") == "12345674"
    assert b64decode(message.findtext(f".//{MEMO}content") or "") == pdf


def _colleagues_hear_what_was_agreed(mads: Walk, case: Case) -> None:
    mads.goto(f"{reverse('draft_letter', args=[case.pk])}?template=inform_colleagues")
    mads.press("Skriv på brevet")
    mads.reads("Aftal først med medarbejderen, hvad kollegerne får at vide.")
    settle(mads, f"/case/{case.pk}/", "agree_colleague_information")
    letter = real.write(mads, case, "inform_colleagues", "Orientering til kolleger")
    assert WORDS["agreed"] in letters.letter(case.pk, letter.id).written.text
    real.send(mads, letter, "print")


def _sheets(mads: Walk, case: Case, outside: Outside, folder: Path) -> None:
    """Crisis help by telephone, SafetyNet at its endpoint, the police with a bundle, and EASY after an absence."""
    real.sheet(mads, case, "contact_psychologist")
    real.receipt(mads, "Ringede tilbage kl. 10")

    handed = real.sheet(mads, case, "register_incident")
    outside.endpoint.answers.append((201, b'{"reference": "SN-2026-99"}'))
    real.hand_over(mads, handed, "SN-2026-99")
    ((_headers, body),) = outside.endpoint.got
    assert digest(body) == handovers.handover(case.pk, handed.id).sha256

    summed = _a_bundle(mads, case, folder)
    real.hand_over(mads, real.sheet(mads, case, "national_file_police_report"))
    real.receipt(mads, "1234-56789-00123-26")
    (file,) = outside.police.iterdir()
    assert json.loads(file.read_bytes())["fields"]["bundle"].endswith(summed)

    mads.goto(f"/case/{case.pk}/note_facts/")
    mads.page.locator("[name=absence][value=yes]").check()
    mads.press("Gem")
    real.sheet(mads, case, "national_report_work_accident")
    assert real.fetched(mads)["affected"] == "Anna Ankersen"
    mads.press("Den ligger som kladde i EASY")
    real.receipt(mads, "EASY-2026-4")


def _a_bundle(mads: Walk, case: Case, folder: Path) -> str:
    """Its digest. It verifies by its own means."""
    mads.goto(reverse("see_bundles", args=[case.pk]))
    mads.follow("Lav en bevispakke")
    mads.page.get_by_label("Hvad skal pakken bruges til?").fill("Anmeldelse")
    mads.page.get_by_label("Hvem skal have den?").fill("Politiet")
    mads.press("Lav pakken")
    bundle = make(bundles.bundles_of_case(case.pk)[0])
    assert verify.check(zip_of(bundle, folder / "pakke.zip"), "da").code == 0
    return bundle.sha256


def _at_the_end(case: Case) -> tuple[Row, ...]:
    closed = fresh(case)
    assert closed.closed_at is not None
    return queries.plan_of(closed, closed.closed_at).rows


def _looks_at_a_picture_only_when_asked(walk: Walk, case: str) -> None:
    walk.goto(case)
    expect(walk.main().locator("img")).to_have_count(0)
    walk.follow("skærmbillede.png")
    walk.main().get_by_role("button", name="Vis det").click()
    walk.look()
    shown = walk.main().locator("img").last
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") > 100


def _anna_looks_on(anna: Walk, case: str) -> None:
    anna.goto(f"{case}mine/")
    anna.reads("Mads Madsen har din sag", "Det er gjort")
    anna.page.locator("#beretning ~ form").first.locator("textarea").fill("Bagefter kom jeg i tanke om mere.")
    anna.press("Føj til")
    anna.reads("Bagefter kom jeg i tanke om mere.")
    anna.page.locator("form.vaern-ask").first.get_by_label("Ja", exact=True).check()
    anna.press("Gem svar", within=anna.page.locator("form.vaern-ask").first)
    anna.follow("Se, hvem der har åbnet sagen")
    anna.reads("Mads Madsen", "Signe Skov")
