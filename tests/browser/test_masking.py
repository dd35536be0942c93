"""A face is covered on a phone, at a desk, by keyboard and without script: the file that comes out holds none of it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.test_keyboard import tab_to
from tests.browser.walk import Walk
from tests.cases_kit import NOW, open_case
from tests.evidence.files import upload
from tests.evidence.test_masks import FACE, SOURCES, chunks, near
from tests.people_kit import Municipality, actor
from vaern.cases.models import Case
from vaern.evidence import queries, service
from vaern.evidence.facts import Item

pytestmark = pytest.mark.browser
# The face lies in the second quarter of the photo in both directions: a little more is covered.
FROM, TO = 0.23, 0.52


def a_photo(town: Municipality) -> tuple[Case, Item]:
    case = open_case(town)
    photo = upload("foto.jpg", SOURCES["jpeg"]())
    return case, service.take_in(actor=actor(town.anna), upload=photo, case_id=case.pk, now=NOW)


def ask_for_it(walk: Walk, case: Case, item: Item) -> None:
    walk.goto(f"/case/{case.pk}/evidence/{item.id}/")
    walk.follow("Dæk noget til")
    walk.press("Vis billedet" if item.kind.picture else "Vis teksten")


def fetched(walk: Walk) -> bytes:
    with walk.page.expect_download() as coming:
        walk.page.get_by_role("button", name="Hent den maskerede udgave").click()
    return Path(coming.value.path()).read_bytes()


def no_face_is_left(made: bytes) -> None:
    assert {name for name, _ in chunks(made)} == {"IHDR", "IDAT", "IEND"}
    picture = Image.open(BytesIO(made)).convert("RGB")
    assert near(picture, FACE) == 0
    assert near(picture, (10, 60, 200), reach=40) > 1000, "what was not covered is still there"


def covered_and_saved(walk: Walk) -> None:
    expect(walk.page.locator("[data-mask] rect")).to_have_count(1)
    walk.look()
    walk.press("Gem den maskerede udgave")
    walk.reads("Maskeret udgave af bevis 1")
    no_face_is_left(fetched(walk))


def test_a_face_is_covered_with_two_taps_on_a_phone(town: Municipality, open_page: OpenPage) -> None:
    case, item = a_photo(town)
    walk = Walk(open_page, town.mads)
    ask_for_it(walk, case, item)
    place = walk.page.locator("[data-mask] svg")
    place.scroll_into_view_if_needed()
    size = place.bounding_box()
    assert size is not None
    for part in (FROM, TO):
        place.tap(position={"x": size["width"] * part, "y": size["height"] * part})
    covered_and_saved(walk)
    acts = [entry.act for entry in queries.custody(case.pk) if entry.act != "see_evidence"]
    assert acts == ["download_evidence", "mask_evidence", "preview_evidence", "take_in_evidence"]


def test_a_face_is_covered_with_a_drag_of_the_mouse_and_the_box_can_be_taken_away(
    town: Municipality, open_page: OpenPage
) -> None:
    case, item = a_photo(town)
    walk = Walk(open_page, town.mads, screen=DESK)
    ask_for_it(walk, case, item)
    walk.page.locator("[data-mask] svg").scroll_into_view_if_needed()
    size = walk.page.locator("[data-mask] svg").bounding_box()
    assert size is not None
    mouse = walk.page.mouse
    for start, end in ((0.6, 0.9), (TO, FROM)):
        mouse.move(size["x"] + size["width"] * start, size["y"] + size["height"] * start)
        mouse.down()
        mouse.move(size["x"] + size["width"] * end, size["y"] + size["height"] * end, steps=5)
        mouse.up()
    expect(walk.page.locator("[data-mask] rect")).to_have_count(2)
    walk.page.get_by_role("button", name="Fjern feltet").first.click()
    covered_and_saved(walk)


def test_a_face_is_covered_by_keyboard_alone(town: Municipality, open_page: OpenPage) -> None:
    case, item = a_photo(town)
    walk = Walk(open_page, town.mads)
    walk.goto(f"/case/{case.pk}/evidence/{item.id}/mask_evidence/")
    tab_to(walk, words="Vis billedet")
    walk.page.keyboard.press("Enter")
    expect(walk.page.locator("[data-mask]")).to_be_visible()
    for side, value in (("left", "23"), ("top", "23"), ("width", "29"), ("height", "29")):
        tab_to(walk, name=f"box-0-{side}")
        walk.page.keyboard.type(value)
    expect(walk.page.locator("[data-mask] rect")).to_have_count(1)
    tab_to(walk, words="Gem den maskerede udgave")
    walk.page.keyboard.press("Enter")
    walk.reads("Maskeret udgave af bevis 1")
    no_face_is_left(fetched(walk))


def test_a_face_is_covered_without_script(town: Municipality, open_page: OpenPage) -> None:
    case, item = a_photo(town)
    walk = Walk(open_page, town.mads, script=False)
    ask_for_it(walk, case, item)
    for side, value in (("left", "23"), ("top", "23"), ("width", "29"), ("height", "29")):
        walk.page.locator(f"[name=box-0-{side}]").fill(value)
    walk.press("Vis felterne på billedet")
    assert walk.page.locator("[data-mask] rect").count() == 1
    walk.press("Gem den maskerede udgave")
    walk.reads("Maskeret udgave af bevis 1")
    no_face_is_left(fetched(walk))


def test_words_that_were_selected_are_covered(town: Municipality, open_page: OpenPage) -> None:
    case = open_case(town)
    letter = upload("sms.txt", b"Hej Anna Ankersen, jeg ved hvor du bor.")
    item = service.take_in(actor=actor(town.anna), upload=letter, case_id=case.pk, now=NOW)
    walk = Walk(open_page, town.anna)
    ask_for_it(walk, case, item)
    walk.page.locator("[data-mask-text]").evaluate("text => text.setSelectionRange(4, 17)")
    walk.page.get_by_role("button", name="Dæk det, jeg har markeret").click()
    expect(walk.page.get_by_label("Ord, der skal dækkes")).to_have_value("Anna Ankersen")
    walk.press("Gem den maskerede udgave")
    assert fetched(walk).decode() == "Hej █████ █████, jeg ved hvor du bor."
    walk.follow("Er den forkert? Sæt den til side")
    walk.page.get_by_label("Hvorfor?").fill("Gaden skal også dækkes")
    walk.press("Sæt til side")
    expect(walk.page).to_have_url(re.compile("/evidence/"))
    walk.reads("Sat til side", "Gaden skal også dækkes")
