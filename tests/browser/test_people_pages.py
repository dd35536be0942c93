"""Login, the own profile and the administrator's house in a browser: on a phone, without script, readable for all."""

from __future__ import annotations

from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.browser.conftest import DESK, OpenPage
from tests.people_kit import PASSWORD, Municipality
from vaern.people import service
from vaern.people.models import Post, User

PEOPLE = "navn;email;enhed_kode;rolle\nBo Bæk;bo@kommunen.example;J;leder\nForkert;forkert;J;leder\n"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def readable(page: Page) -> None:
    """No violation found by axe, and nothing to scroll sideways for on a phone."""
    assert Axe().run(page).response["violations"] == []
    if page.viewport_size is not None and page.viewport_size["width"] == 360:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url


def log_in(page: Page, user: User, password: str = PASSWORD) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Adgangskode").fill(password)
    page.get_by_role("button", name="Log ind").click()


def log_out(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Log ud").click()


def code_for(secret: str) -> str:
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"


def test_a_manager_sets_up_the_second_factor_and_comes_back_with_a_recovery_code(
    town: Municipality, open_page: OpenPage, settings: Settings
) -> None:
    settings.REQUIRE_TOTP = True
    page = open_page(town.mads, script=False)
    page.context.clear_cookies()
    log_in(page, town.mads, "forkert-adgangskode")
    expect(page.get_by_role("alert")).to_contain_text("passer ikke")
    log_in(page, town.mads)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sæt totrinskode på")
    page.get_by_label("Koden, som appen viser").fill(code_for(page.locator("main code").inner_text()))
    page.get_by_role("button", name="Slå totrinskode til").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gendannelseskoder")
    recovery = page.locator("main code").first.inner_text()
    page.get_by_role("link", name="Jeg har gemt dem").click()
    log_out(page)
    log_in(page, town.mads)
    page.get_by_label("Kode").fill(recovery)
    page.get_by_role("button", name="Log ind").click()
    expect(page).to_have_url(page.url.split("/log_in")[0].rstrip("/") + "/")


@pytest.mark.parametrize("screen", [{"width": 360, "height": 740}, DESK])
def test_login_and_second_factor_pages_are_readable(
    town: Municipality, open_page: OpenPage, screen: dict[str, int]
) -> None:
    page = open_page(town.anna, screen=screen)
    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    readable(page)
    log_in(page, town.anna, "forkert-adgangskode")
    readable(page)
    log_in(page, town.anna)
    page.goto(reverse("mfa_activate_totp"))
    readable(page)
    page.get_by_label("Koden, som appen viser").fill(code_for(page.locator("main code").inner_text()))
    page.get_by_role("button", name="Slå totrinskode til").click()
    readable(page)
    for name in ("mfa_generate_recovery_codes", "mfa_deactivate_totp", "account_change_password", "keep_profile"):
        page.goto(reverse(name))
        readable(page)
    log_out(page)
    log_in(page, town.anna)
    readable(page)


@pytest.mark.parametrize("screen", [{"width": 360, "height": 740}, DESK])
def test_the_house_and_the_profile_are_readable(
    town: Municipality, open_page: OpenPage, screen: dict[str, int], settings: Settings
) -> None:
    post = Post.objects.get(user=town.mads)
    service.set_deputy(
        actor=None, post_id=post.pk, user_id=town.karim.pk, from_date=post.from_date, now=town.mads.created
    )
    service.set_absence(actor=None, user_id=town.mads.pk, from_date=post.from_date, now=town.mads.created)
    page = open_page(town.adam, screen=screen)
    user = town.mads.pk
    for address in (
        reverse("manage_people"), reverse("create_user"), reverse("see_person", args=[user]),
        reverse("change_user", args=[user]), reverse("give_post", args=[user]), reverse("set_absence", args=[user]),
        reverse("deactivate_user", args=[user]), reverse("end_post", args=[post.pk]),
        reverse("set_deputy", args=[post.pk]) + "?term=a", reverse("manage_units"), reverse("create_unit"),
        reverse("change_unit", args=[town.social]), reverse("import_people"), reverse("keep_profile"),
        reverse("set_my_absence"), reverse("see_health"),
    ):  # fmt: skip
        page.goto(address)
        readable(page)
    mads = open_page(town.mads, screen=screen)
    mads.goto(reverse("keep_profile"))
    readable(mads)


def test_an_import_is_shown_and_then_done(town: Municipality, open_page: OpenPage, tmp_path: Path) -> None:
    file = tmp_path / "personer.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    page = open_page(town.adam)
    page.goto(reverse("import_people"))
    page.get_by_label("Fil med personer").set_input_files(file)
    page.get_by_role("button", name="Se, hvad der vil ske").click()
    expect(page.locator("main")).to_contain_text("er ikke en e-mail")
    readable(page)
    page.get_by_role("button", name="Indlæs nu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Indlæst")
    readable(page)


def test_a_newcomer_gets_in_with_the_link_the_administrator_hands_over(town: Municipality, open_page: OpenPage) -> None:
    page = open_page(town.karim, script=False)
    page.context.clear_cookies()
    adam = open_page(town.adam)
    adam.goto(reverse("see_person", args=[town.karim.pk]))
    adam.get_by_role("button", name="Lav et engangslink").click()
    readable(adam)
    link = adam.locator("main code").inner_text()
    page.goto(link)
    for label in ("Ny adgangskode", "Ny adgangskode igen"):
        page.get_by_label(label, exact=True).fill("fire-rolige-ord-her-4")
    page.get_by_role("button", name="Gem adgangskoden").click()
    log_in(page, town.karim, "fire-rolige-ord-her-4")
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Linket virker ikke mere")
