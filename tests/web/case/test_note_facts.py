"""What has become known: only what the guideline asks about, and duties follow at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cases_kit import fresh, row
from tests.people_kit import Municipality, logged_in
from tests.web.case_kit import at
from vaern.cases.models import Case
from vaern.guideline.facts import State
from vaern.journal import queries as journal

DANISH = ZoneInfo("Europe/Copenhagen")


def _as_shown(page: Any) -> dict[str, str]:
    """The form as a browser would send it back untouched."""
    form = page.context["form"]
    values = {field.name: field.value() for field in form}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items() if value
    }


def test_absence_and_its_first_day_make_the_accident_report_owed(town: Municipality, case: Case) -> None:
    client = logged_in(town.mads)
    assert row(case, "national_report_work_accident").state is State.BLOCKED
    given = {**_as_shown(client.get(at("note_facts", case))), "absence": "yes", "first_absence_day_on": "2026-11-16"}
    assert client.post(at("note_facts", case), given).status_code == 302
    due = row(case, "national_report_work_accident")
    assert due.state is State.OWED
    assert due.due is not None
    assert due.due.astimezone(DANISH) == datetime(2026, 11, 30, tzinfo=DANISH)


def test_only_what_changed_is_on_record(town: Municipality, case: Case) -> None:
    client = logged_in(town.mads)
    shown = _as_shown(client.get(at("note_facts", case)))
    client.post(at("note_facts", case), shown)
    assert journal.entries_of(f"case:{case.pk}", acts=["note_facts"]) == []
    client.post(at("note_facts", case), {**shown, "injury": "no"})
    assert journal.entries_of(f"case:{case.pk}", acts=["note_facts"])[0].data == {"changed": ["injury"]}


def test_a_date_can_be_taken_back_to_unknown(town: Municipality, case: Case) -> None:
    client = logged_in(town.mads)
    given = {
        **_as_shown(client.get(at("note_facts", case))),
        "discovered_on": "2026-11-15",
        "discovered_clock": "07:45",
    }
    client.post(at("note_facts", case), given)
    assert datetime.fromisoformat(fresh(case).events["discovered"]).astimezone(DANISH).hour == 7
    shown = _as_shown(client.get(at("note_facts", case)))
    assert shown["discovered_clock"] == "07:45"
    client.post(at("note_facts", case), {**shown, "discovered_on": "", "discovered_clock": ""})
    assert "discovered" not in fresh(case).events


def test_what_is_missing_stands_first(town: Municipality, case: Case) -> None:
    form = logged_in(town.mads).get(at("note_facts", case)).context["form"]
    missing = [field.name for field in form.missing_fields()]
    assert "absence" in missing
    assert not set(missing) & {field.name for field in form.other_fields()}
    assert "platform" not in form.fields  # no duty of this guideline hangs on it


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"absence": "måske"}, "absence"),
        ({"discovered_on": "i går"}, "discovered_on"),
        ({"discovered_clock": "09:00"}, "discovered_on"),
        ({"discovered_on": "2026-11-15", "discovered_clock": "9.00!"}, "discovered_clock"),
    ],
)
def test_what_cannot_be_read_is_kept_and_said(
    town: Municipality, case: Case, given: dict[str, str], field: str
) -> None:
    client = logged_in(town.mads)
    page = client.post(at("note_facts", case), {**_as_shown(client.get(at("note_facts", case))), **given})
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert {name: page.context["form"][name].value() for name in given} == given
    assert "discovered" not in fresh(case).events


@pytest.mark.parametrize("who", ["anna", "karim", "amalie", "lone", "adam", "xenia"])
def test_it_is_for_those_who_handle_the_case(town: Municipality, case: Case, who: str) -> None:
    assert logged_in(getattr(town, who)).post(at("note_facts", case), {"absence": "yes"}).status_code == 404
