"""What the pages say about time stamps: that there is one, that there is none yet and why, that none is set up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cases_kit import NOW, open_case
from tests.evidence.files import GOOD, jpeg, png, upload
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from tests.web.case_kit import questions
from vaern.cases.models import Case
from vaern.evidence import service as evidence
from vaern.evidence.facts import Item
from vaern.stamps import models
from vaern.stamps.facts import Authority
from vaern.stamps.models import Health

pytestmark = pytest.mark.django_db
TSA = Authority("tiden", "https://tiden.example/tsr", "")


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people)


def hand_in(people: Municipality, case: Case, hours_ago: int = 0, data: bytes | None = None) -> Item:
    now = timezone.now() - timedelta(hours=hours_ago)
    return evidence.take_in(
        actor=actor(people.anna), upload=upload("opslag.png", data or png()), case_id=case.pk, now=now
    )


def stamp(item: Item) -> None:
    models.Roots.objects.get_or_create(sha256="0" * 64, defaults={"pem": ""})
    models.Stamp.objects.create(
        organisation_id=item.organisation_id, item_id=item.id, digest=item.sha256, authority="tiden", response=b"",
        response_sha256="", roots_id="0" * 64, gen_time=NOW, made_at=NOW,
    )  # fmt: skip


def failing(since_hours: int = 6) -> None:
    since = timezone.now() - timedelta(hours=since_hours)
    Health.objects.create(authority="tiden", failures=7, failing_since=since, why="unreachable", next_try=since)


def pages(people: Municipality, case: Case, item: Item) -> list[str]:
    """The page of the item, the list on the case, and the employee's own page."""
    mads = logged_in(people.mads)
    return [
        mads.get(f"/case/{case.pk}/evidence/{item.id}/").content.decode(),
        mads.get(f"/case/{case.pk}/").content.decode(),
        logged_in(people.anna).get(f"/case/{case.pk}/mine/").content.decode(),
    ]


def test_without_an_authority_every_page_says_so(settings: Any, people: Municipality, case: Case) -> None:
    settings.TSA = ()
    for page in pages(people, case, hand_in(people, case)):
        assert "tidsstempel-tjeneste" in page or "ingen tjeneste er sat op" in page
        assert "Tidsstemplet" not in page


def test_a_stamp_is_said_with_its_time_and_by_whom(settings: Any, people: Municipality, case: Case) -> None:
    settings.TSA = (TSA,)
    item = hand_in(people, case)
    stamp(item)
    for page in pages(people, case, item):
        assert "Tidsstemplet 17. november 2026 kl. 10.00 af tiden." in page


def test_a_stamp_that_is_late_is_said_with_since_when_and_why(settings: Any, people: Municipality, case: Case) -> None:
    settings.TSA = (TSA,)
    failing()
    item = hand_in(people, case, hours_ago=5)
    whole, *short = pages(people, case, item)
    assert "Ikke tidsstemplet endnu af tiden. Det har ventet siden" in whole
    assert "fordi tjenesten ikke kunne nås." in whole
    assert all("Ikke tidsstemplet endnu af tiden." in page for page in short)
    young = hand_in(people, case, data=jpeg())
    assert "Det har ventet siden" not in pages(people, case, young)[0]


def test_a_wait_nobody_can_explain_is_not_explained(settings: Any, people: Municipality, case: Case) -> None:
    settings.TSA = (TSA,)
    assert "Årsagen kendes ikke." in pages(people, case, hand_in(people, case, hours_ago=5))[0]


def test_the_pages_ask_no_more_for_many_files(settings: Any, people: Municipality, case: Case) -> None:
    settings.TSA = (TSA,)
    stamp(hand_in(people, case))
    case_page, own_page = f"/case/{case.pk}/", f"/case/{case.pk}/mine/"
    mads, anna = logged_in(people.mads), logged_in(people.anna)
    before = questions(mads, case_page), questions(anna, own_page)
    for number in range(6):
        given = upload(f"{number}.txt", GOOD["txt"][1] + str(number).encode())
        stamp(evidence.take_in(actor=actor(people.anna), upload=given, case_id=case.pk, now=NOW))
    assert (questions(mads, case_page), questions(anna, own_page)) == before


def test_the_administrator_sees_that_it_fails_on_every_page_of_the_house(settings: Any, people: Municipality) -> None:
    settings.TSA = (TSA,)
    adam = logged_in(people.adam)
    assert "får ikke tidsstempler" not in adam.get("/house/people/").content.decode()
    failing()
    for address in ("/house/people/", "/house/units/"):
        page = adam.get(address).content.decode()
        assert "Beviser får ikke tidsstempler: tiden har ikke virket siden" in page
        assert "fordi tjenesten ikke kunne nås." in page


def test_the_page_of_health_counts_what_waits_at_home_and_names_no_case(
    settings: Any, people: Municipality, case: Case
) -> None:
    settings.TSA = (TSA,)
    stamp(hand_in(people, case))
    hand_in(people, case, data=jpeg())
    Health.objects.create(authority="tiden", last_success=NOW)
    address = "/house/health/"
    well = logged_in(people.adam).get(address).content.decode()
    assert "tiden (https://tiden.example/tsr)" in well
    assert "1 bevis venter." in well
    assert "1 ting virker ikke" not in well
    assert "opslag.png" not in well
    assert "0 beviser venter." in logged_in(people.xenia).get(address).content.decode()
    Health.objects.all().delete()
    failing()
    broken = logged_in(people.adam).get(address).content.decode()
    assert "1 ting virker ikke" in broken
    assert "Sidste forsøg lykkedes ikke, fordi tjenesten ikke kunne nås." in broken


def test_without_an_authority_the_administrator_is_told_what_that_means(settings: Any, people: Municipality) -> None:
    settings.TSA = ()
    page = logged_in(people.adam).get("/house/health/").content.decode()
    assert "Beviser får intet tidsstempel." in page
    assert "Intet fejler lige nu." in page
