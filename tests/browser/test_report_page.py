"""The report as a person meets it: on a phone, in two minutes, also without JavaScript."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.pictures import three_pictures
from tests.cases_kit import adopt
from tests.people_kit import Municipality
from vaern.cases import queries
from vaern.cases.models import Case, Draft
from vaern.evidence import queries as evidence

WHAT = "En borger har lagt mit navn og billede op og skriver, at jeg skal passe på."


def fits(page: Page) -> None:
    """No sideways scrolling on a phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Videre", exact=True).last.click()


def test_the_whole_report_on_a_phone_without_script(town: Municipality, open_page: OpenPage, tmp_path: Path) -> None:
    adopt(town.organisation_id, "albertslund")
    page = open_page(town.anna, script=False)
    page.goto("/")
    page.get_by_role("link", name="Det er sket for mig").click()
    page.get_by_label("Fortæl det med dine egne ord").fill(WHAT)
    page.get_by_label("Nej", exact=True).check()
    go_on(page)

    page.get_by_label("Vælg billeder eller filer").set_input_files(three_pictures(tmp_path))
    page.get_by_label("Hvor er det sket?").select_option(label="Facebook")
    page.get_by_label("Link til det").fill("https://example.org/opslag/1")
    page.get_by_label("Hvilken dag blev det opdaget?").fill("2026-11-20")
    go_on(page)

    page.get_by_label("Digitale trusler").check()
    page.get_by_label("Navn eller profil").fill("En profil uden navn")
    go_on(page)

    page.get_by_label("Hvordan har du det?").fill("Jeg kan ikke sove.")
    expect(page.get_by_label("Mads Madsen")).to_be_checked()
    go_on(page)

    expect(page.locator("main")).to_contain_text("IMG_0042.HEIC")
    expect(page.locator("main")).to_contain_text(WHAT)
    page.get_by_role("button", name="Send").click()

    case = Case.objects.get()
    expect(page.locator("main")).to_contain_text(f"Sagen har nummer {queries.label(case)}")
    expect(page.locator("main")).to_contain_text("Mads Madsen har sagen")
    assert [item.kind.id for item in evidence.items_of_case(case.pk)] == ["png", "jpeg", "heic"]
    assert case.what == WHAT


def test_going_back_and_continuing_on_another_phone(town: Municipality, open_page: OpenPage) -> None:
    adopt(town.organisation_id, "brovst")
    page = open_page(town.anna, script=False)
    page.goto("/report/start/?who=me")
    page.get_by_label("Fortæl det med dine egne ord").fill(WHAT)
    go_on(page)
    page.get_by_label("Link til det").fill("https://example.org/1")
    page.get_by_role("button", name="Tilbage").click()
    expect(page.get_by_label("Fortæl det med dine egne ord")).to_have_value(WHAT)

    other = open_page(town.anna, script=False)
    other.goto("/")
    other.get_by_role("link", name="Fortsæt").click()
    go_on(other)
    expect(other.get_by_label("Link til det")).to_have_value("https://example.org/1")


def test_an_unusable_file_costs_neither_the_others_nor_the_words(
    town: Municipality, open_page: OpenPage, tmp_path: Path
) -> None:
    adopt(town.organisation_id, "brovst")
    page = open_page(town.anna, script=False)
    page.goto("/report/start/?who=me")
    page.get_by_label("Fortæl det med dine egne ord").fill(WHAT)
    go_on(page)
    (tmp_path / "tom.png").write_bytes(b"")
    good = three_pictures(tmp_path)[0]
    page.get_by_label("Vælg billeder eller filer").set_input_files([good, tmp_path / "tom.png"])
    page.get_by_label("Link til det").fill("https://example.org/1")
    go_on(page)
    expect(page.locator("#id_files_error")).to_contain_text("tom.png")
    expect(page.locator(".vaern-files")).to_contain_text("skærmbillede.png")
    expect(page.get_by_label("Link til det")).to_have_value("https://example.org/1")
    page.get_by_role("button", name="Fjern skærmbillede.png").click()
    expect(page.locator(".vaern-files")).to_have_count(0)
    expect(page.get_by_label("Link til det")).to_have_value("https://example.org/1")


def test_the_enter_key_goes_on_and_removes_nothing(town: Municipality, open_page: OpenPage, tmp_path: Path) -> None:
    adopt(town.organisation_id, "brovst")
    page = open_page(town.anna, script=False)
    page.goto("/report/start/?who=me")
    page.get_by_label("Fortæl det med dine egne ord").fill(WHAT)
    go_on(page)
    page.get_by_label("Vælg billeder eller filer").set_input_files(three_pictures(tmp_path)[:1])
    page.get_by_role("button", name="Gem filerne, og vælg flere").click()
    page.get_by_label("Link til det").fill("https://example.org/1")
    page.get_by_label("Link til det").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvad handler det om?")
    assert len(evidence.items_of_draft(Draft.objects.get().pk)) == 1


def test_a_picture_is_pasted_where_script_is_on(town: Municipality, open_page: OpenPage, tmp_path: Path) -> None:
    adopt(town.organisation_id, "brovst")
    page = open_page(town.anna)
    page.goto("/report/start/?who=me")
    page.get_by_label("Fortæl det med dine egne ord").fill(WHAT)
    go_on(page)
    expect(page.get_by_label("Link til det")).to_be_visible()
    picture = base64.b64encode(three_pictures(tmp_path)[0].read_bytes()).decode()
    page.evaluate(
        """(picture) => {
            const bytes = Uint8Array.from(atob(picture), (one) => one.charCodeAt(0));
            const pasted = new DataTransfer();
            pasted.items.add(new File([bytes], "indsat.png", { type: "image/png" }));
            const how = { clipboardData: pasted, bubbles: true, cancelable: true };
            document.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        picture,
    )
    expect(page.locator("[data-picked=id_files]")).to_contain_text("indsat.png")
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvad handler det om?")
    assert [item.name for item in evidence.items_of_draft(Draft.objects.get().pk)] == ["indsat.png"]


def test_looking_away_keeps_the_words_in_one_draft(town: Municipality, open_page: OpenPage) -> None:
    adopt(town.organisation_id, "brovst")
    page = open_page(town.anna)
    page.goto("/report/start/?who=me")
    page.get_by_label("Fortæl det med dine egne ord").fill(WHAT)
    with page.expect_response(lambda answer: answer.status == 204):
        page.evaluate(
            """() => {
                Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
                document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
    draft = Draft.objects.get()
    assert draft.data["what"] == WHAT
    expect(page.locator("form[data-keep]")).to_have_attribute("action", f"/report/{draft.pk}/what/")
    go_on(page)
    expect(page.get_by_label("Link til det")).to_be_visible()
    assert Draft.objects.count() == 1


def test_a_file_too_large_is_said_before_it_is_sent(
    town: Municipality, open_page: OpenPage, tmp_path: Path, settings: object
) -> None:
    settings.FILE_MAX = 1000  # type: ignore[attr-defined]
    adopt(town.organisation_id, "brovst")
    page = open_page(town.anna)
    page.goto("/report/start/?who=me")
    page.get_by_label("Fortæl det med dine egne ord").fill(WHAT)
    go_on(page)
    page.get_by_label("Vælg billeder eller filer").set_input_files(three_pictures(tmp_path)[0])
    expect(page.locator(".vaern-wrong")).to_contain_text("Den fylder for meget")


@pytest.mark.parametrize(("pack", "screen"), [("brovst", PHONE), ("albertslund", DESK)])
def test_every_page_is_open_to_everybody(
    town: Municipality, open_page: OpenPage, pack: str, screen: dict[str, int]
) -> None:
    adopt(town.organisation_id, pack)
    page = open_page(town.anna, screen=screen)
    faults: list[str] = []

    def look() -> None:
        result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
        if result.violations_count:
            faults.append(f"{page.url}: {result.generate_report()}")
        if screen is PHONE:
            fits(page)

    page.goto("/")
    look()
    page.goto("/guideline/")
    look()
    page.goto("/report/start/?who=colleague")
    page.get_by_label("Hvem er det gået ud over?").fill("karim")
    page.get_by_role("button", name="Find kollegaen").click()
    expect(page.get_by_label("Karim Kaya")).to_be_visible()
    look()
    page.goto("/report/start/?who=me")
    look()
    go_on(page)
    expect(page.get_by_role("alert")).to_be_visible()
    look()
    page.get_by_label("Fortæl det med dine egne ord").fill(WHAT)
    page.get_by_label("Ja", exact=True).check()
    for _ in ("what", "evidence", "kind"):
        go_on(page)
        look()
    go_on(page)
    look()
    page.get_by_role("link", name="Slet kladden").click()
    look()
    page.go_back()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Du er ikke alene")
    look()
    page.goto("/")
    look()
    assert faults == []


def test_the_keyboard_alone_is_enough(town: Municipality, open_page: OpenPage) -> None:
    adopt(town.organisation_id, "brovst")
    page = open_page(town.anna)
    page.goto("/report/start/?who=me")
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
    assert seen.index("what") < seen.index("danger_now") < seen.index("go")
