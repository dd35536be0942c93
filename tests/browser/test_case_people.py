"""Who may see a case, set right in the browser: the wrong employee taken back, a representative shut out, danger seen
from the level above. Every page on a phone."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.walk import Walk
from tests.cases_kit import adopt, report
from tests.people_kit import Municipality, actor
from tests.web.case_kit import at
from vaern.cases import service

pytestmark = pytest.mark.browser


def test_the_wrong_one_is_taken_back_and_a_representative_shut_out(town: Municipality, open_page: OpenPage) -> None:
    now = timezone.now()
    adopt(town.organisation_id)
    case = report(town.karim, town.mads, now=now, who="colleague", affected_name="Ane", danger_now="yes")
    service.name_affected(actor=actor(town.mads), case_id=case.pk, user_id=town.olav.pk, now=now)

    mads = Walk(open_page, town.mads)
    mads.goto(at("see_case", case))
    mads.follow("Er det den forkerte medarbejder?")
    mads.reads("Olav Østergård kan nu læse sagen")
    mads.press("Fortryd valget")
    expect(mads.main().get_by_role("alert")).to_be_visible()
    mads.page.get_by_label("Hvorfor?").fill("Det var en anden Olav.")
    mads.press("Fortryd valget")
    mads.reads("Medarbejderen er kun skrevet med navn: Ane")

    mads.follow("Luk en person ude af sagen")
    mads.page.get_by_label("Navn eller e-mail").fill("amalie")
    mads.press("Find")
    mads.page.get_by_label("Amalie Andreasen").check()
    mads.page.get_by_label("Hvorfor?").fill("Er selv en del af det.")
    mads.press("Luk ude")
    mads.reads("Amalie Andreasen")

    lone = Walk(open_page, town.lone)
    lone.goto("/inbox/")
    lone.reads("Nogen kan være i fare lige nu.")
    lone.main().locator(f'a[href="{at("see_status", case)}"]').click()
    lone.look()
    lone.reads("Ring til lederen.")
