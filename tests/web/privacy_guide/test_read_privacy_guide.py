"""The walk through one's own profiles: for everybody of the house, step by step, and nothing of it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings

from tests.cases_kit import open_case
from tests.people_kit import Municipality, a_municipality, logged_in
from tests.web.case_kit import at

PAGE = reverse("read_privacy_guide")


@pytest.fixture
def town(db: None) -> Municipality:
    return a_municipality()


def test_one_platform_after_the_other_to_the_last(town: Municipality) -> None:
    browser, at_platform, walked = logged_in(town.anna), "facebook", []
    while at_platform:
        page = browser.get(PAGE, {"platform": at_platform}).content.decode()
        assert "Gem beviset først." in page
        assert page.count('type="checkbox"') >= 4
        assert "<form" not in page[page.index("<h1") :], "what is ticked goes nowhere"
        walked.append(at_platform)
        primary = page.partition('button-primary" href="')[2].partition('"')[0]
        at_platform = primary.partition("platform=")[2]
    assert walked == ["facebook", "messenger", "instagram", "tiktok", "x", "snapchat", "linkedin", "youtube"]


def test_it_is_there_in_english_and_a_platform_there_is_none_of_shows_the_choice(town: Municipality) -> None:
    browser = logged_in(town.anna)
    browser.cookies["django_language"] = "en"
    assert "Secure the evidence first." in browser.get(PAGE, {"platform": "x"}).content.decode()
    page = browser.get(PAGE, {"platform": "fax"}).content.decode()
    assert "Where do you have a profile?" in page


def test_without_the_folder_the_page_says_so(town: Municipality, settings: Settings, tmp_path: Path) -> None:
    settings.GUIDELINES = tmp_path
    assert "Der er ingen vejledning lige nu." in logged_in(town.anna).get(PAGE).content.decode()


def test_the_duty_and_her_own_page_lead_to_it(town: Municipality) -> None:
    case = open_case(town)
    assert PAGE in logged_in(town.mads).get(at("fulfil_duty", case, duty="privacy_check")).content.decode()
    assert PAGE not in logged_in(town.mads).get(at("fulfil_duty", case, duty="notify_head")).content.decode()
    assert PAGE in logged_in(town.anna).get(at("see_my_case", case)).content.decode()
