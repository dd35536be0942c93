"""The report with nothing but Tab, Space, Enter and the letters: no mouse, no finger. Arrow keys only between the
answers to one question, which is how every browser moves there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.pictures import three_pictures
from tests.browser.walk import WHAT, Walk
from tests.cases_kit import adopt
from tests.people_kit import Municipality
from vaern.cases.models import Case
from vaern.evidence import queries as evidence

pytestmark = pytest.mark.browser

MOST_TABS = 60
FOCUSED = """() => {
    const at = document.activeElement;
    const label = at.labels && at.labels.length ? at.labels[0].textContent : at.textContent;
    const shown = at.getBoundingClientRect();
    return {
        name: at.name || "", value: at.value || "", words: (label || "").trim().replace(/\\s+/g, " "),
        hidden: at.getAttribute("aria-hidden") === "true",
        outline: getComputedStyle(at).outlineStyle !== "none" || getComputedStyle(at).boxShadow !== "none",
        seen: shown.bottom > 0 && shown.top < innerHeight,
    };
}"""


def tab_to(walk: Walk, *, name: str = "", words: str = "", value: str = "") -> None:
    """Presses Tab until the focus is on the field of that name, or on what says those words; it can be seen there."""
    for _ in range(MOST_TABS):
        walk.page.keyboard.press("Tab")
        at = walk.page.evaluate(FOCUSED)
        assert not at["hidden"], "focus on something hidden"
        if (not name or at["name"] == name) and words in at["words"] and value in at["value"]:
            assert at["seen"], f"{name}{words} has the focus out of sight"
            assert at["outline"], f"{name}{words} has the focus and does not show it"
            return
    raise AssertionError(f"no way by Tab to {name}{words} on {walk.page.url}")


def go_on(walk: Walk) -> None:
    tab_to(walk, name="go", words="Videre")
    walk.page.keyboard.press("Enter")


def heading(walk: Walk, words: str) -> None:
    expect(walk.page.get_by_role("heading", level=1)).to_have_text(words)
    walk.look()


def test_a_report_by_keyboard_alone(town: Municipality, open_page: OpenPage, tmp_path: Path) -> None:
    adopt(town.organisation_id, "albertslund")
    walk = Walk(open_page, town.anna)
    keys = walk.page.keyboard
    # Somebody listens from the start: the browser must know that the dialogue is ours before the key opens it.
    walk.page.on("filechooser", lambda _: None)
    walk.goto("/")
    keys.press("Tab")
    assert walk.page.evaluate(FOCUSED)["words"] == "Gå til sidens indhold", "past the menu with the first key"
    keys.press("Enter")
    tab_to(walk, words="Det er sket for mig")
    keys.press("Enter")

    heading(walk, "Hvad er der sket?")
    tab_to(walk, name="what")
    keys.type(WHAT)
    tab_to(walk, name="danger_now", words="Ved ikke")
    for _ in range(2):
        keys.press("ArrowUp")
    go_on(walk)

    heading(walk, "Har du billeder af det?")
    assert walk.page.locator('main a[href="tel:112"]').count() == 1, "the first answer was yes: somebody is in danger"
    tab_to(walk, name="files")
    with walk.page.expect_file_chooser() as chosen:
        keys.press("Enter")
    chosen.value.set_files(three_pictures(tmp_path)[0])
    tab_to(walk, name="link")
    keys.type("https://example.org/opslag/1")
    go_on(walk)

    heading(walk, "Hvad handler det om?")
    tab_to(walk, name="category")
    keys.press("Space")
    go_on(walk)

    heading(walk, "Hvad har du brug for?")
    tab_to(walk, name="impact")
    keys.type("Jeg er rystet.")
    go_on(walk)

    heading(walk, "Se det igennem, og send")
    tab_to(walk, words="Send")
    keys.press("Enter")
    expect(walk.page).to_have_url(re.compile(r"/receipt/$"))
    walk.look()
    case = Case.objects.get()
    assert case.what == WHAT
    assert case.facts["danger_now"] == "yes"
    assert len(case.facts["category"]) == 1
    assert [item.name for item in evidence.items_of_case(case.pk)] == ["skærmbillede.png"]
