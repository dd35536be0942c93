"""What is known about a piece of evidence, and how to secure one, in a browser: on a phone, without script, for all."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.walk import Walk
from tests.cases_kit import open_case
from tests.evidence import files
from tests.evidence.files import upload
from tests.people_kit import Municipality, actor
from vaern.evidence import queries, service


@pytest.mark.parametrize(("screen", "script"), [(PHONE, False), (PHONE, True), (DESK, True)])
def test_telling_more_about_a_photo(
    town: Municipality, open_page: OpenPage, screen: dict[str, int], script: bool
) -> None:
    case = open_case(town, platform="facebook", link="https://facebook.com/anna/posts/1")
    item = service.take_in(
        actor=actor(town.anna), upload=upload("foto.jpg", files.jpeg()), case_id=case.pk, now=case.opened_at
    )
    walk = Walk(open_page, town.anna, screen=screen, script=script)
    walk.goto(f"/case/{case.pk}/evidence/{item.id}/")
    walk.reads("Opdigtet Telefon", "57.04880")
    walk.follow("Fortæl mere om det")
    walk.page.get_by_label("En kommentar").check()
    walk.page.get_by_label("Hvem har taget billedet eller gemt det?").fill("Mig selv")
    walk.page.get_by_label("Hvor mange havde delt det?").locator("xpath=ancestor::details").locator("summary").click()
    walk.page.get_by_label("Hvor mange havde delt det?").fill("mange")
    walk.press("Gem")
    expect(walk.page.get_by_role("alert")).to_contain_text("Skriv et helt tal")
    walk.page.get_by_label("Hvor mange havde delt det?").fill("12")
    walk.press("Gem")
    walk.reads("Det står nu ved beviset", "Mig selv", "Skrevet af Anna Ankersen")
    assert queries.provenance(item.id)[0].said.shares == "12"
    assert walk.faults == []


@pytest.mark.parametrize("script", [True, False])
def test_the_guide_beside_the_report_and_alone(town: Municipality, open_page: OpenPage, script: bool) -> None:
    open_case(town)
    walk = Walk(open_page, town.anna, script=script)
    walk.goto("/report/start/?who=me")
    walk.page.get_by_label("Fortæl det med dine egne ord").fill("Et opslag")
    walk.page.get_by_role("button", name="Videre", exact=True).last.click()
    walk.page.get_by_label("Hvor er det sket?").select_option(label="Snapchat")
    walk.page.get_by_label("Link til det").fill("https://example.org/1")
    walk.press("Vis, hvordan jeg gemmer det godt")
    expect(walk.page.get_by_label("Link til det")).to_have_value("https://example.org/1")
    expect(walk.page.get_by_text("Et snap forsvinder hurtigt")).to_be_visible()
    walk.goto("/capture_guide/")
    walk.follow("Telefonopkald")
    walk.reads("Gem beviset: Telefonopkald", "opkaldslisten")
    assert walk.faults == []
