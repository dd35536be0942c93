"""A whole case under the guideline of Albertslund, in the browser, with and without script: she does not want a police
report, so that a note is written and registered instead. Without script also with the national layer on top."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from tests.browser.conftest import DESK, OpenPage
from tests.browser.pictures import three_pictures
from tests.browser.walk import Walk, close, decline, refused_to_close, report, settle
from tests.cases_kit import adopt, fresh
from tests.people_kit import Municipality
from vaern.cases import queries
from vaern.cases.models import Case, Fulfilment
from vaern.guideline.facts import State
from vaern.journal import queries as journal

pytestmark = pytest.mark.browser

BEFORE_FOLLOWING_UP = (
    "remove_content", "contact_author", "decline_note", "register_decline_note", "apv_plan", "register_apv",
    "follow_up_affected",
)  # fmt: skip


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_albertslund_with_a_declined_police_report(
    town: Municipality, open_page: OpenPage, tmp_path: Path, script: bool
) -> None:
    adopt(town.organisation_id, "albertslund", national=not script)
    anna = Walk(open_page, town.anna, script=script)
    case = report(anna, three_pictures(tmp_path), definition="Digitale trusler")
    found = Case.objects.get()

    mads = Walk(open_page, town.mads, screen=DESK, script=script)
    mads.goto("/duties/")
    settle(mads, case, "offer_to_join")
    decline(mads, case, "police_report", "Hun har tænkt over det og ønsker det ikke.")
    mads.reads("Skriv et notat om, at medarbejderen ikke vil anmelde")
    for duty in BEFORE_FOLLOWING_UP:
        settle(mads, case, duty)
    refused_to_close(mads, case, "A39")
    if not script:
        refused_to_close(mads, case, "Anmeld arbejdsulykken i EASY", "Har der været fravær?")
        _says_there_was_no_absence(mads, case)
        for duty in _of_the_layer(found):
            settle(mads, case, duty)

    for duty in _still_hers(found):
        settle(anna, f"{case}mine/", duty)
    anna.goto(f"{case}mine/")
    anna.reads("Mads Madsen har din sag", "valgt fra")

    settle(mads, case, "follow_up_colleagues")
    close(mads, case, "Tak, fordi du meldte det. Vi holder øje sammen.")
    anna.goto(f"{case}mine/")
    anna.reads("Sagen er afsluttet", "Vi holder øje sammen.")

    outcomes = dict(Fulfilment.objects.filter(case=found).values_list("duty", "outcome"))
    assert outcomes["police_report"] == "declined"
    closed = fresh(found)
    assert closed.closed_at is not None
    open_still = [row.id for row in queries.plan_of(closed, closed.closed_at).rows if row.state is State.OWED]
    assert open_still == []
    assert journal.verify_chain(town.organisation_id).breaks == ()


def _says_there_was_no_absence(mads: Walk, case: str) -> None:
    mads.goto(f"{case}note_facts/")
    mads.page.locator("[name=absence][value=no]").check()
    mads.press("Gem")


def _of_the_layer(case: Case) -> list[str]:
    """What the national layer asks of the manager by now."""
    rows = queries.plan_of(fresh(case), timezone.now()).rows
    owed = [row for row in rows if row.state is State.OWED and row.id.startswith("national_")]
    return [row.id for row in owed if "affected" not in row.owners]


def _still_hers(case: Case) -> list[str]:
    """What the guideline asks of the employee herself and her report has not already done."""
    at = fresh(case)
    rows = queries.plan_of(at, at.opened_at).rows
    return [row.id for row in rows if row.state is State.OWED and row.owners == ("affected",)]
