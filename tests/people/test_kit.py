"""The people of the tests are found where their posts say."""

from __future__ import annotations

import pytest

from tests.people_kit import PASSWORD, a_municipality, actor

pytestmark = pytest.mark.django_db


def test_everybody_stands_in_the_right_place() -> None:
    town = a_municipality()
    assert actor(town.mads).has("manager")
    assert not actor(town.anna).has("manager")
    assert actor(town.xenia).organisation_id == town.elsewhere_id
    assert town.anna.check_password(PASSWORD)
