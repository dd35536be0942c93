"""A bundle in a browser, on a phone and without script: asked for, made by the job, fetched, and found to hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_people_pages import readable
from tests.bundle.kit import a_case, make
from tests.people_kit import Municipality
from vaern.bundle import queries, verify


@pytest.mark.parametrize("script", [True, False])
def test_a_bundle_from_the_button_to_the_file(
    town: Municipality, open_page: OpenPage, tmp_path: Path, script: bool
) -> None:
    case, _items = a_case(town)
    page = open_page(town.mads, script=script)
    page.goto(reverse("see_bundles", args=[case.pk]))
    if script:
        readable(page)
    page.get_by_role("link", name="Lav en bevispakke").click()
    if script:
        readable(page)
    page.get_by_label("Hvad skal pakken bruges til?").fill("Anmeldelse af trusler")
    page.get_by_label("Hvem skal have den?").fill("Østjyllands Politi")
    page.get_by_role("button", name="Lav pakken").click()
    expect(page.get_by_text("Pakken bliver lavet nu.")).to_be_visible()
    make(queries.bundles_of_case(case.pk)[0])
    page.get_by_role("link", name="Se, om den er færdig").click()
    if script:
        readable(page)
    page.get_by_role("link", name="Hent pakke 1").click()
    if script:
        readable(page)
    page.get_by_label("Uden lås").check()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Hent pakken").click()
    coming.value.save_as(tmp_path / "p.zip")
    assert verify.check(tmp_path / "p.zip").code == 0
