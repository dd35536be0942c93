"""A letter in a browser, on a phone, with and without script: begun on the duty, written, approved, sent, answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_people_pages import readable
from tests.letters.kit import CLEAN, a_case, made
from tests.people_kit import Municipality
from vaern.letters import queries


@pytest.mark.parametrize("script", [True, False])
def test_a_letter_from_the_duty_to_the_answer(
    town: Municipality, open_page: OpenPage, tmp_path: Path, script: bool
) -> None:
    case = a_case(town)
    page = open_page(town.mads, script=script)

    def look(name: str) -> None:
        if script:
            readable(page)
            page.screenshot(path=tmp_path / f"{name}.png", full_page=True)

    page.goto(reverse("fulfil_duty", args=[case.pk, "letter_to_author"]))
    page.get_by_role("link", name="Skriv brevet her: Brev til den, der har ytret sig").click()
    look("draft")
    page.get_by_role("button", name="Skriv på brevet").click()
    look("write")
    page.get_by_label("Hvem er brevet til?").fill("Birger Borger")
    page.get_by_label("Brevet", exact=True).fill(CLEAN + "\n\nRing til 22 33 44 55.")
    page.get_by_label("Din vurdering af grundlaget").fill("Tre navne og en trussel om besøg.")
    page.get_by_role("button", name="Gem udkastet").click()
    expect(page.get_by_text("Se det her igennem")).to_be_visible()
    look("found")
    page.get_by_role("link", name="Ret i brevet").click()
    page.get_by_label("Brevet", exact=True).fill(CLEAN)
    page.get_by_role("button", name="Gem udkastet").click()
    made(queries.letters_of_case(case.pk)[0])
    page.get_by_role("link", name="Se, om det er klar").click()
    look("ready")
    _fetch(page, tmp_path)
    page.get_by_role("button", name="Godkend brevet").click()
    look("approved")
    page.get_by_label("Kvittering eller bemærkning").fill("Anbefalet")
    page.get_by_role("button", name="Gem: brevet er sendt").click()
    page.get_by_label("Der er kommet svar").check()
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("Bekræftet")).to_be_visible()
    look("answered")
    page.get_by_role("link", name="Breve").first.click()
    look("list")


def _fetch(page: Page, folder: Path) -> None:
    with page.expect_download() as coming:
        page.get_by_role("button", name="Hent som PDF").click()
    coming.value.save_as(folder / "l.pdf")
    assert (folder / "l.pdf").read_bytes().startswith(b"%PDF-")
