"""A whole case under the guideline of Brovst, in the browser: she reports on her phone, the manager goes through every
duty, the secretariat does its own, she looks on, and the case is closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.pictures import three_pictures
from tests.browser.walk import Walk, close, decline, refused_to_close, report, settle
from tests.cases_kit import adopt, fresh
from tests.people_kit import Municipality
from vaern.cases import queries
from vaern.cases.models import Case
from vaern.evidence import queries as evidence
from vaern.guideline.facts import Row, State
from vaern.journal import queries as journal

pytestmark = pytest.mark.browser

BY_THE_MANAGER = (
    "listen_and_note", "contact_psychologist", "offer_time_off", "offer_company_home", "not_alone", "privacy_check",
    "agree_colleague_information", "inform_colleagues", "register_incident", "notify_head", "letter_to_author",
    "decide_after_letter", "refer_to_secretariat",
)  # fmt: skip


def test_brovst_from_the_report_to_the_last_word(town: Municipality, open_page: OpenPage, tmp_path: Path) -> None:
    adopt(town.organisation_id, "brovst", national=False)
    anna = Walk(open_page, town.anna)
    case = report(anna, three_pictures(tmp_path))
    assert anna.page.locator('main a[href="tel:60111144"]').count() >= 1, "crisis help is one tap away"
    found = Case.objects.get()
    assert [item.kind.id for item in evidence.items_of_case(found.pk)] == ["png", "jpeg", "heic"]

    mads = Walk(open_page, town.mads, screen=DESK)
    mads.goto("/duties/")
    mads.reads("Lyt til medarbejderen")
    _looks_at_a_picture_only_when_asked(mads, case)
    refused_to_close(mads, case, "B25", "B29", "B36", "B49")
    decline(mads, case, "agree_psychologist", "Hun vil helst tale med sin egen læge.")
    settle(mads, case, "insist_on_help")
    settle(mads, case, "agree_psychologist", again=True)
    for duty in BY_THE_MANAGER:
        settle(mads, case, duty)

    signe = Walk(open_page, town.signe, screen=DESK)
    settle(signe, "/duties/", "legal_assessment", ending="Der er ikke grundlag for at gå videre")

    _anna_looks_on(anna, case)
    refused_to_close(mads, case, "B42")
    mads.goto(case)
    mads.main().get_by_text("Skriv til medarbejderen", exact=True).click()
    mads.page.get_by_label("Besked til medarbejderen").fill("Brevet er sendt, og navnene er væk nu.")
    mads.press("Send til medarbejderen")
    close(mads, case, "Tak, fordi du sagde til. Kom til mig, hvis der kommer mere.")

    anna.goto(f"{case}mine/")
    anna.reads("Sagen er afsluttet", "Tak, fordi du sagde til.", "Brevet er sendt")
    left = [row for row in _at_the_end(found) if row.state is not State.DONE]
    assert [(row.id, row.times_done) for row in left] == [("keep_informed", 1)], "which goes on for as long as it lasts"
    assert journal.verify_chain(town.organisation_id).breaks == ()


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
