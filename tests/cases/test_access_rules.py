"""What each relation to a case may read; what a guideline asks about; and what may be settled anew."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.cases.test_duty_rules import DONE, a_duty, a_row, attempt, codes
from tests.cases_kit import guideline
from vaern.cases.facts import Submission
from vaern.cases.rules import (
    events_missing,
    events_used,
    facts_missing,
    facts_used,
    fulfil,
    sees_content,
    sees_duty,
    sees_notes,
    sees_records,
)
from vaern.guideline.facts import CaseFacts, State, Why
from vaern.guideline.plan import plan

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("relations", "content", "records", "notes"),
    [
        ({"manager"}, True, True, True),
        ({"managers_manager"}, True, True, True),
        ({"secretariat"}, True, True, True),
        ({"hr"}, True, True, False),
        ({"head_of_authority"}, True, True, False),
        ({"tr"}, True, True, False),
        ({"amr", "amr_reads"}, True, True, False),
        ({"amr"}, False, False, False),
        ({"above"}, False, False, False),
        ({"reporter"}, False, False, False),
        ({"affected"}, False, True, False),
        ({"affected", "manager"}, True, True, False),
        (set(), False, False, False),
    ],
)
def test_what_each_relation_reads(relations: set[str], content: bool, records: bool, notes: bool) -> None:
    assert (sees_content(relations), sees_records(relations), sees_notes(relations)) == (content, records, notes)


def test_those_who_do_not_read_the_case_see_only_their_own_duties() -> None:
    assert sees_duty({"amr"}, {"amr"})
    assert not sees_duty({"amr"}, {"manager"})
    assert not sees_duty({"affected"}, {"manager"})
    assert sees_duty({"affected"}, {"affected", "manager"})
    assert sees_duty({"hr"}, {"manager"})


def test_only_what_the_guideline_hangs_on_is_asked_for() -> None:
    composed = guideline("brovst")
    asked = {"absence", "injury", "national_outside_working_hours", "national_elements"}
    assert set(facts_used(composed)) == {*asked, "danger_now"}, "danger can always be said, and be over"
    assert {"first_absence_day", "discovered", "posted", "names_removed", "police_decided"} <= {*events_used(composed)}
    assert "reported" not in events_used(composed)


def test_missing_is_what_some_duty_waits_for() -> None:
    composed = guideline("brovst")
    rows = plan(composed, CaseFacts(events={"reported": NOW}), NOW)
    assert "absence" in facts_missing(rows)
    assert "discovered" in events_missing(composed, rows, {"reported": NOW})

    known = CaseFacts(facts={"absence": "yes"}, events={"reported": NOW, "discovered": NOW, "posted": NOW})
    rows = plan(composed, known, NOW)
    assert facts_missing(rows) == ()
    assert events_missing(composed, rows, known.events) == ("first_absence_day",)


def test_what_was_set_aside_may_be_taken_up_again() -> None:
    row = a_row(state=State.NOT_RELEVANT, why=Why.OUTCOME, refs=("not_relevant",))
    assert codes(fulfil(attempt(row=row), DONE, NOW)) == []


def test_an_outsiders_time_in_words_is_up_when_somebody_says_so() -> None:
    row = a_row(state=State.WAITING, why=Why.OUTSIDER, refs=("author",))
    assert codes(fulfil(attempt(row=row), DONE, NOW)) == []
    counted = a_row(state=State.WAITING, why=Why.OUTSIDER, refs=("author",), not_before=NOW)
    assert codes(fulfil(attempt(row=counted), DONE, NOW)) == ["not_owed"]


def test_a_blocked_duty_can_be_set_aside_but_not_done() -> None:
    row = a_row(state=State.BLOCKED, why=Why.WISH_UNKNOWN, refs=("police_report",))
    assert codes(fulfil(attempt(a_duty(), row), DONE, NOW)) == ["blocked"]
    assert codes(fulfil(attempt(a_duty(), row), Submission(outcome="not_relevant", reasons="Dobbelt"), NOW)) == []
