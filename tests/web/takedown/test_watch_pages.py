"""The pages of a watch: begun, looked at by the employee, ended by the manager; who may what."""

from __future__ import annotations

import pytest

from tests.cases_kit import open_case
from tests.people_kit import Municipality, a_municipality, logged_in
from tests.web.case_kit import at, questions
from vaern.takedown import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


def test_from_beginning_to_end(people: Municipality) -> None:
    case, mads, anna = open_case(people), logged_in(people.mads), logged_in(people.anna)
    assert at("see_watches", case) in mads.get(at("see_case", case)).content.decode()
    wrong = mads.post(at("start_watch", case), {"address": "opslaget", "step": "platform"})
    assert wrong.status_code == 422
    assert "Den begynder med https://" in wrong.content.decode()
    assert 'value="opslaget"' in wrong.content.decode()
    mads.post(at("start_watch", case), {"address": "https://example.org/1", "step": "platform"})
    (watch,) = queries.watches_of_case(case.pk)
    page = anna.get(at("see_watches", case)).content.decode()
    assert "https://example.org/1" in page
    assert "Hold op med at holde øje" not in page
    looking = at("look_at_post", case, watch=watch.id)
    assert anna.post(looking, {}).status_code == 422
    assert anna.post(looking, {"standing": "changed", "note": "Navnet er væk"}).status_code == 302
    assert "Navnet er væk" in mads.get(at("see_watches", case)).content.decode()
    assert anna.post(at("end_watch", case, watch=watch.id), {"note": "x"}).status_code == 404
    assert mads.post(at("end_watch", case, watch=watch.id), {"note": "Aftalt"}).status_code == 302
    assert "Aftalt" in mads.get(at("see_watches", case)).content.decode()


def test_ten_watches_ask_no_more_than_one(people: Municipality) -> None:
    case, mads = open_case(people), logged_in(people.mads)
    few = 0
    for number in range(5):
        mads.post(at("start_watch", case), {"address": f"https://example.org/{number}", "step": "host"})
        watch = queries.watches_of_case(case.pk)[0]
        mads.post(at("look_at_post", case, watch=watch.id), {"standing": "up"})
        few = few or questions(mads, at("see_watches", case))
    assert questions(mads, at("see_watches", case)) == few


def test_a_watch_of_another_case_is_not_found(people: Municipality) -> None:
    case, other, mads = open_case(people), open_case(people), logged_in(people.mads)
    mads.post(at("start_watch", case), {"address": "https://example.org/1", "step": "host"})
    (watch,) = queries.watches_of_case(case.pk)
    for name in ("look_at_post", "end_watch"):
        assert mads.post(at(name, other, watch=watch.id), {"standing": "up", "note": "x"}).status_code == 404
