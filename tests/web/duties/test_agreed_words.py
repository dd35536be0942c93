"""What is told to others begins with what was agreed with the employee."""

from __future__ import annotations

import pytest

from tests.cases_kit import open_case, settle
from tests.people_kit import Municipality, a_municipality, logged_in
from tests.web.case_kit import at

pytestmark = pytest.mark.django_db


def test_what_colleagues_are_told_begins_with_exactly_what_was_agreed() -> None:
    town: Municipality = a_municipality()
    case = open_case(town)
    page = at("fulfil_duty", case, duty="inform_colleagues")
    client = logged_in(town.mads)
    assert 'name="text"' not in client.get(page).content.decode(), "no telling before there is an agreement"
    settle(case, town.mads, "agree_colleague_information", agreed="Holdet får det at vide på mødet.")
    settle(case, town.mads, "agree_colleague_information", agreed="Kun Karim får det at vide.", times_seen=1)
    shown = client.get(page).content.decode()
    assert "Kun Karim får det at vide.</textarea>" in shown
