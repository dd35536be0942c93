"""The guide to securing evidence: a page of its own, and folded where files are handed in."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.cases_kit import open_case
from tests.people_kit import Municipality, a_municipality, logged_in
from tests.web.case_kit import at
from tests.web.report.kit import begin, put, saved

pytestmark = pytest.mark.django_db
OURS = Path(__file__).parents[3] / "guidelines" / "capture"
PAGE = "/capture_guide/"


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_every_platform_can_be_chosen_and_read(people: Municipality) -> None:
    client = logged_in(people.anna)
    page = read(client, PAGE)
    assert page.count("/capture_guide/?platform=") == 12
    guide = read(client, f"{PAGE}?platform=snapchat")
    assert "Gem beviset: Snapchat" in guide
    assert "På telefon" in guide
    assert "Snaps og samtaler har ingen adresse" in guide
    assert "Skrevet efter hukommelsen" in guide


def test_one_that_there_is_none_of_is_no_fault(people: Municipality) -> None:
    assert "Sådan gemmer du et bevis" in read(logged_in(people.anna), f"{PAGE}?platform=../../etc")


def test_it_is_there_in_english(people: Municipality) -> None:
    client = logged_in(people.anna)
    client.post("/language/", {"language": "en", "next": "/"})
    guide = read(client, f"{PAGE}?platform=sms")
    assert "On a phone" in guide
    assert "Do not delete it afterwards" in guide


def test_an_old_one_says_that_it_may_be_out_of_date(people: Municipality) -> None:
    client = logged_in(people.anna)
    assert "kan være forældet" not in read(client, f"{PAGE}?platform=x")
    with time_machine.travel(datetime(2028, 1, 1, tzinfo=UTC), tick=False):
        page = read(logged_in(people.anna), f"{PAGE}?platform=x")
    assert "kan være forældet" in page
    assert "25. november 2026" in page


def test_a_folder_that_is_refused_shows_none_rather_than_half(
    people: Municipality, settings: Any, tmp_path: Path
) -> None:
    settings.GUIDELINES = tmp_path
    client = logged_in(people.anna)
    assert "Der er ingen vejledning lige nu" in read(client, PAGE)
    shutil.copytree(OURS, tmp_path / "capture")
    assert "?platform=x" in read(client, PAGE)
    (tmp_path / "capture" / "x.toml").write_text("[guide", encoding="utf-8")
    assert "Der er ingen vejledning lige nu" in read(client, PAGE)


def test_the_report_shows_the_guide_of_the_platform_that_was_picked(people: Municipality) -> None:
    open_case(people)
    client = logged_in(people.anna)
    draft = begin(client)
    before = read(client, f"/report/{draft}/evidence/")
    assert "Sådan gemmer du det godt" not in before
    answer = put(client, draft, "evidence", platform="tiktok", go="guide")
    assert answer["Location"] == f"/report/{draft}/evidence/?guide=1#guide"
    assert saved(draft)["platform"] == "tiktok"
    after = read(client, f"/report/{draft}/evidence/")
    assert "Sådan gemmer du det godt: TikTok" in after
    assert "Åbn kommentarerne" in after
    assert 'id="guide" open' not in after
    assert 'id="guide" open' in read(client, answer["Location"].split("#")[0])


def test_asked_for_before_a_platform_is_picked_it_says_what_to_do(people: Municipality) -> None:
    open_case(people)
    client = logged_in(people.anna)
    draft = begin(client)
    answer = put(client, draft, "evidence", go="guide")
    page = read(client, answer["Location"].split("#")[0])
    assert "Vælg først, hvor det er sket, og tryk igen." in page
    assert f'href="{PAGE}"' in page


def test_where_a_file_is_added_the_guide_of_the_cases_platform_is_folded(people: Municipality) -> None:
    case = open_case(people, platform="email")
    page = read(logged_in(people.anna), at("take_in_evidence", case))
    assert "Sådan gemmer du det godt: E-mail" in page
    assert '<details class="vaern-details" id="guide">' in page


def test_where_the_platform_is_not_known_there_is_a_way_to_them_all(people: Municipality) -> None:
    case = open_case(people)
    assert f'href="{PAGE}"' in read(logged_in(people.mads), at("take_in_evidence", case))
