"""A hold is set and lifted from the case, with a reason; nobody else sees the door."""

from __future__ import annotations

import pytest

from tests.cases_kit import open_case
from tests.people_kit import Municipality, a_municipality, logged_in
from vaern.evidence import queries


@pytest.fixture
def people(db: None) -> Municipality:
    return a_municipality()


def test_a_hold_is_set_seen_and_lifted(people: Municipality) -> None:
    case, manager = open_case(people), logged_in(people.mads)
    path = f"/case/{case.pk}/hold_evidence/"
    answer = manager.post(path, {"reason": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Skriv hvorfor" in page
    assert "(frivilligt)" not in manager.get(path).content.decode(), "a reason is needed, and the label says no other"
    assert 'aria-invalid="true"' in page, "said beside the field"
    assert manager.post(path, {"reason": "Retssagen er berammet."}).url == f"/case/{case.pk}/"
    assert "Retssagen er berammet." in manager.get(f"/case/{case.pk}/").content.decode()
    assert "Mads Madsen" in manager.get(path).content.decode()
    assert manager.post(path, {"reason": "igen"}).status_code == 422
    assert manager.post(f"/case/{case.pk}/lift_hold/", {"reason": "Dommen er faldet."}).status_code == 302
    assert queries.open_hold(case.pk) is None
    assert logged_in(people.anna).get(path).status_code == 404
