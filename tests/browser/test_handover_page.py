"""Every duty that another system has a share in, done from the case in a browser on a phone: the sheet filled in, a
field copied, the file fetched and read, the receipt written, and the duty is done by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.browser.conftest import OpenPage
from tests.browser.walk import Walk
from tests.cases_kit import open_case, row, settle
from tests.people_kit import Municipality, actor
from tests.web.report.kit import a_picture
from vaern.cases.models import Case
from vaern.evidence import service as evidence
from vaern.guideline.facts import State
from vaern.handover import queries

WORDS = {"day": "2026-11-16", "textarea": "Det, der skal stå.", "text": "Kort svar"}
DUTIES = {
    "brovst": {"register_incident": "safetynet", "contact_psychologist": "crisis_help"},
    "albertslund": {
        "save_on_case": "esdh", "remove_content": "platform", "register_decline_note": "insubiz_declined",
        "register_apv": "defgo",
    },
}  # fmt: skip


def fill(walk: Walk) -> None:
    """Whatever is empty, in the way its field asks for; the browser is asked once, and not field by field."""
    walk.page.evaluate(
        """words => {
          for (const field of document.querySelectorAll("main form [name]")) {
            if (field.value || field.type === "hidden") continue;
            if (field.tagName === "SELECT") field.selectedIndex = 1;
            else field.value = words[field.type === "date" ? "day" : field.type] || words.text;
          }
        }""",
        WORDS,
    )
    walk.press("Gem skemaet")


def _copy(walk: Walk) -> None:
    walk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = walk.main().locator("[data-copy]").first
    button.click()
    field = walk.main().locator(f"#{button.get_attribute('data-copy')}")
    assert walk.page.evaluate("navigator.clipboard.readText()") == field.input_value()


def _fetch(walk: Walk, folder: Path) -> dict[str, str]:
    with walk.page.expect_download() as coming:
        walk.main().get_by_role("button", name="Hent som data (JSON)").click()
    coming.value.save_as(folder / "sheet.json")
    body = json.loads((folder / "sheet.json").read_text(encoding="utf-8"))
    found: dict[str, str] = body["fields"]
    return found


def _hand_over(walk: Walk, case: Case, duty: str, folder: Path) -> None:
    walk.goto(reverse("fulfil_duty", args=[case.pk, duty]))
    walk.press("Udfyld skemaet her i stedet")
    walk.page.get_by_role("button", name="Gem skemaet").wait_for()
    fill(walk)
    _copy(walk)
    assert all(value for name, value in _fetch(walk, folder).items() if name not in {"identify", "remarks"})
    walk.page.locator("[name=reference]").fill(f"KVIT-{duty}")
    walk.press("Gem kvitteringen")
    walk.reads("Kvitteringen er gemt.", f"KVIT-{duty}")


@pytest.mark.parametrize("pack", DUTIES)
def test_every_duty_with_a_channel_is_done_by_its_receipt(
    town: Municipality, open_page: OpenPage, tmp_path: Path, pack: str
) -> None:
    case = open_case(town, pack, platform="facebook", link="https://example.org/opslag/1")
    evidence.take_in(actor=actor(town.anna), upload=a_picture(), case_id=case.pk, now=timezone.now())
    if pack == "albertslund":
        settle(case, town.anna, "secure_evidence")
        settle(case, town.mads, "police_report", outcome="declined", declined_by="affected")
        settle(case, town.mads, "decline_note", text="Anna ønsker det ikke.")
        settle(case, town.mads, "apv_plan", text="Vi er to til stede.")
    walk = Walk(open_page, town.mads)
    for duty in DUTIES[pack]:
        _hand_over(walk, case, duty, tmp_path)
    done = [one.duty for one in queries.handovers_of_case(case.pk) if one.state == "received"]
    assert sorted(done) == sorted(DUTIES[pack])
    assert {duty: row(case, duty, timezone.now()).state for duty in done} == dict.fromkeys(done, State.DONE)
    walk.goto(reverse("see_handovers", args=[case.pk]))
    assert walk.main().get_by_text("Modtaget").count() == len(done)
