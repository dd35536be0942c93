"""What is done with evidence after it was handed in, and what is told of it, on a phone: searching it, holding it,
taking out a dangerous file, and reading what is new. axe, width and console are looked at on every page."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django import Settings

from tests.browser.conftest import OpenPage
from tests.browser.walk import Walk
from tests.cases_kit import open_case
from tests.evidence.files import upload
from tests.people_kit import Municipality, actor
from tests.web.case_kit import at
from vaern.cases.models import Case
from vaern.evidence import models, service
from vaern.notices import service as notices


@pytest.fixture
def case(town: Municipality) -> Case:
    case = open_case(town)
    text = upload("besked.txt", "Hun skriver, at jeg skal passe på mig selv.".encode())
    service.take_in(actor=actor(town.anna), upload=text, case_id=case.pk, now=timezone.now())
    service.derive_evidence()
    return case


def test_searching_finds_the_item_and_says_when_there_is_none(
    town: Municipality, open_page: OpenPage, case: Case
) -> None:
    walk = Walk(open_page, town.mads)
    walk.goto(at("search_evidence", case))
    walk.main().locator("form input:not([type=hidden])").first.fill("PASSE PÅ")
    walk.press("Søg")
    walk.reads("besked.txt")
    walk.main().locator("form input:not([type=hidden])").first.fill("noget helt andet")
    walk.press("Søg")
    assert "besked.txt" not in walk.main().inner_text()


def test_a_hold_is_set_with_a_reason_and_lifted_again(town: Municipality, open_page: OpenPage, case: Case) -> None:
    walk = Walk(open_page, town.mads)
    walk.goto(at("hold_evidence", case))
    walk.press("Gem dem indtil videre")
    walk.page.get_by_label("Hvorfor?").fill("Politiet har bedt om det.")
    walk.press("Gem dem indtil videre")
    walk.reads("Politiet har bedt om det.")
    walk.goto(at("lift_hold", case))
    walk.page.get_by_label("Hvorfor?").fill("Sagen er slut hos politiet.")
    walk.press("Ophæv")


def test_a_dangerous_file_leaves_only_locked(town: Municipality, open_page: OpenPage, case: Case) -> None:
    item = models.Item.objects.get(case_id=case.pk)
    models.Scan.objects.update_or_create(
        item=item, defaults={"state": "found", "found": "Opdigtet.Virus", "at": timezone.now()}
    )
    walk = Walk(open_page, town.mads)
    walk.goto(f"/case/{case.pk}/evidence/{item.pk}/")
    walk.reads("Opdigtet.Virus")
    walk.goto(f"/case/{case.pk}/evidence/{item.pk}/infected/")


def test_what_is_new_is_read_on_a_phone(town: Municipality, open_page: OpenPage, case: Case) -> None:
    walk = Walk(open_page, town.mads)
    walk.goto("/notices/")
    walk.reads("Der er ikke noget nyt.")
    notices.read_journal()
    walk.goto("/notices/")
    walk.reads("Du har fået en ny sag.", "nyt")
    walk.goto("/notices/")


@pytest.mark.parametrize("on", [False, True])
def test_asking_for_a_public_page_says_that_a_screenshot_is_the_main_road(
    town: Municipality, open_page: OpenPage, case: Case, settings: Settings, on: bool
) -> None:
    settings.CAPTURE = on
    walk = Walk(open_page, town.anna)
    walk.goto(at("capture_page", case))
    walk.reads("skærmbillede")
    if on:
        walk.main().locator("form input:not([type=hidden])").first.fill("http://127.0.0.1/")
        walk.main().locator("form button").last.click()
        walk.look()
        expect(walk.main().get_by_role("alert")).to_be_visible()
