"""What she needs, the conversation written down where both read it, and the walk through her profiles: on a phone."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.walk import Walk
from tests.cases_kit import fresh, open_case, row
from tests.people_kit import Municipality
from vaern.guideline.facts import State


@pytest.mark.parametrize("script", [True, False])
def test_she_says_what_she_needs_and_reads_what_was_talked_about(
    town: Municipality, open_page: OpenPage, script: bool
) -> None:
    case = open_case(town)
    anna = Walk(open_page, town.anna, script=script)
    anna.goto(f"/case/{case.pk}/mine/")
    anna.page.locator("summary", has_text="Svar nu").click()
    anna.page.get_by_label("Hvad har du brug for i det praktiske?").fill("Fri i morgen")
    anna.page.locator("form[action$='say_needs/'] button").click()
    anna.reads("De, der har sagen, kan læse det nu.", "Fri i morgen")

    mads = Walk(open_page, town.mads, script=script)
    mads.goto(f"/case/{case.pk}/")
    mads.reads("Fri i morgen")
    mads.goto(f"/case/{case.pk}/duty/listen_and_note/")
    mads.follow("Skriv samtalen ned her i stedet")
    mads.press("Gem samtalen")
    mads.reads("Vælg, hvordan I talte sammen.", "Skriv noget, før du gemmer.")
    mads.page.get_by_label("Telefon").check()
    mads.page.get_by_label("Hvad talte I om?").fill("Anna vil gerne have følgeskab.")
    mads.page.get_by_label("Hvornår taler I sammen næste gang?").fill("2099-01-05")
    mads.press("Gem samtalen")
    mads.reads("Medarbejderen kan læse den.", "Anna vil gerne have følgeskab.", "5. januar 2099")
    assert row(fresh(case), "listen_and_note", timezone.now()).state is State.DONE

    anna.goto(f"/case/{case.pk}/mine/")
    anna.reads("Anna vil gerne have følgeskab.", "Næste samtale er aftalt til 5. januar 2099.")
    anna.follow("Se dine egne profiler igennem, trin for trin")
    anna.follow("Facebook")
    anna.page.get_by_label("1. Åbn Indstillinger og Privatliv").check()
    anna.follow("Gå videre til Messenger")
    expect(anna.page.get_by_role("heading", level=1)).to_have_text("Se din profil igennem: Messenger")
    assert anna.faults == []
    assert mads.faults == []
