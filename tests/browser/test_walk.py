"""That the look at a page sees what it is for, also on a page that was looked at before."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.walk import Walk
from tests.people_kit import Municipality


def test_what_is_new_on_a_page_seen_before_is_looked_at(town: Municipality, open_page: OpenPage) -> None:
    anna = Walk(open_page, town.anna)
    anna.goto("/")
    anna.goto("/")
    anna.page.locator("main").evaluate("main => main.insertAdjacentHTML('beforeend', '<p><input name=x></p>')")
    with pytest.raises(AssertionError):
        anna.look()
    assert "label" in anna.faults[0]
