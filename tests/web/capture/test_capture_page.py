"""The page where a capture is asked for, and where one reads how it went."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.cases_kit import open_case
from tests.evidence.files import png, upload
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from vaern.capture.models import Capture
from vaern.cases.models import Case
from vaern.evidence import service as evidence
from vaern.journal import queries as journal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on(settings: Settings, tmp_path: Path) -> None:
    settings.CAPTURE, settings.EVIDENCE = True, tmp_path / "evidence"


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people)


def address_of(case: Case) -> str:
    return f"/case/{case.pk}/capture_page/"


def a_capture(case: Case, people: Municipality, **more: object) -> Capture:
    return Capture.objects.create(
        organisation_id=people.organisation_id, case_id=case.pk, address="https://eksempel.dk/opslag",
        asked_by=people.anna, asked_at=timezone.now(), **more,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["anna", "mads"])
def test_she_and_who_handles_it_ask_for_a_page_and_see_that_it_waits(
    people: Municipality, case: Case, who: str
) -> None:
    client = logged_in(getattr(people, who))
    answer = client.post(address_of(case), {"address": "eksempel.dk/opslag"}, follow=True)
    page = answer.content.decode()
    assert "Siden bliver hentet" in page
    assert "https://eksempel.dk/opslag" in page
    assert "Venter" in page
    assert "Se, om siden er hentet nu" in page
    assert 'href="https://eksempel.dk' not in page, "nobody is sent there by mistake"


@pytest.mark.parametrize("typed", ["", "file:///etc/passwd", "http://10.0.0.1/", "x" * 3000, "http://"])
def test_what_cannot_be_fetched_is_said_beside_the_field_and_stays_there(
    people: Municipality, case: Case, typed: str
) -> None:
    answer = logged_in(people.anna).post(address_of(case), {"address": typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors["address"]
    assert answer.context["form"]["address"].value() == typed
    assert Capture.objects.count() == 0


def test_the_screenshot_is_the_main_road_also_when_it_is_off(
    people: Municipality, case: Case, settings: Settings
) -> None:
    for on in (True, False):
        settings.CAPTURE = on
        page = logged_in(people.anna).get(address_of(case)).content.decode()
        assert "Dit eget skærmbillede er den bedste vej" in page
        assert ('name="address"' in page) == on
        there = logged_in(people.anna).get(f"/case/{case.pk}/take_in_evidence/").content.decode()
        assert (address_of(case) in there) == on
    assert logged_in(people.anna).post(address_of(case), {"address": "eksempel.dk"}).status_code == 422


def test_how_it_went_is_said_kindly_with_what_to_do(people: Municipality, case: Case) -> None:
    a_capture(case, people, state="failed", reason="login_wall")
    item = evidence.take_in(
        actor=actor(people.anna), upload=upload("side.png", png()), case_id=case.pk, now=timezone.now()
    )
    a_capture(case, people, state="done", remarks=["asks_login"], items=[str(item.id)])
    page = logged_in(people.mads).get(address_of(case)).content.decode()
    assert "Siden kan kun ses, når man er logget ind" in page
    assert "Se efter, om opslaget er med på billedet" in page
    assert f"/case/{case.pk}/evidence/{item.id}/" in page
    assert "Se, om siden er hentet nu" not in page
    english = logged_in(people.mads)
    english.cookies["django_language"] = "en"
    assert "Siden " not in english.get(address_of(case)).content.decode()


def test_looking_is_on_record(people: Municipality, case: Case) -> None:
    logged_in(people.mads).get(address_of(case))
    (newest,) = journal.entries_of(f"case:{case.pk}", acts=("see_case",), limit=1)
    assert newest.data["page"] == "capture"


def test_it_asks_as_many_questions_for_many_as_for_one(
    people: Municipality, case: Case, django_assert_max_num_queries: object
) -> None:
    for _ in range(40):
        a_capture(case, people, state="failed", reason="gone")
    client = logged_in(people.mads)
    client.get(address_of(case))
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        client.get(address_of(case))
