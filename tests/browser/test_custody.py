"""The list of hands in a browser: it grows by exactly what was done, and the employee reads it on her own page."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_people_pages import readable
from tests.cases_kit import NOW, open_case
from tests.evidence.files import png, upload
from tests.people_kit import Municipality, actor
from vaern.evidence import service


def hands(page: Page) -> list[str]:
    """What was done, newest first; the page's own address is asked for by nobody but the test."""
    rows = page.locator("section[aria-labelledby=hands] .vaern-timeline p")
    return [text.strip() for text in rows.all_inner_texts()]


def test_the_list_grows_by_exactly_what_was_done(town: Municipality, open_page: OpenPage, tmp_path: Path) -> None:
    case = open_case(town)
    item = service.take_in(actor=actor(town.anna), upload=upload("opslag.png", png()), case_id=case.pk, now=NOW)
    page = open_page(town.mads)
    page.goto(reverse("see_evidence", args=[case.pk, item.id]))
    assert hands(page) == ["Mads Madsen åbnede siden om et bevis", "Anna Ankersen afleverede et bevis"]
    expect(page.get_by_text("Der er ikke sat nogen tidsstempel-tjeneste op.")).to_be_visible()
    readable(page)

    page.get_by_role("button", name="Vis det").click()
    assert hands(page)[0] == "Mads Madsen så et bevis"
    assert len(hands(page)) == 3
    with page.expect_download() as started:
        page.get_by_role("button", name="Hent den originale fil").click()
    started.value.save_as(tmp_path / "hentet.png")
    assert (tmp_path / "hentet.png").read_bytes() == png()
    page.get_by_role("link", name="Skjul igen").click()
    assert hands(page) == [
        "Mads Madsen åbnede siden om et bevis",
        "Mads Madsen hentede et bevis",
        "Mads Madsen så et bevis",
        "Mads Madsen åbnede siden om et bevis",
        "Anna Ankersen afleverede et bevis",
    ]
    expect(page.get_by_text("Du har set det én gang.")).to_be_visible()
    readable(page)

    hers = open_page(town.anna)
    hers.goto(reverse("see_openings", args=[case.pk]))
    rows = [text.strip() for text in hers.locator(".vaern-timeline p").all_inner_texts()]
    assert rows[:5] == [f"{words}: bevis 1, opslag.png" for words in hands(page)]
    readable(hers)
