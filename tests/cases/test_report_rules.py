"""The report's rules: what is wrong with an answer, and what a sent report says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from vaern.cases.facts import ReportData
from vaern.cases.rules import STEPS, check_report, check_step, events_of, facts_of, settled_by_report
from vaern.cases.rules.report import is_web_address, moment
from vaern.guideline.pack import After, Duty, FulfilKind, Modality, Owners, Phase

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
GOOD = ReportData(who="me", what="Et opslag med mit navn", manager_id=7)


def codes(data: ReportData) -> list[str]:
    return [refusal.code for refusal in check_report(data, NOW)]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, []),
        ({"what": "  "}, ["missing_what"]),
        ({"manager_id": None}, ["missing_manager"]),
        ({"who": "manager", "manager_id": None, "affected_name": "En vikar"}, []),
        ({"who": "colleague"}, ["missing_affected"]),
        ({"who": "colleague", "affected_id": 3}, []),
        ({"who": "colleague", "affected_name": "En vikar"}, []),
        ({"what": "x" * 20_001}, ["too_long"]),
        ({"link": "javascript:alert(1)"}, ["bad_link"]),
        ({"link": "facebook.com/opslag"}, ["bad_link"]),
        ({"link": "https://[::1"}, ["bad_link"]),
        ({"link": "https://example.org/opslag/1"}, []),
        ({"posted_on": "2026-13-40"}, ["bad_date"]),
        ({"posted_on": "2026-11-20", "posted_at": "25:00"}, ["bad_date"]),
        ({"posted_on": "2026-11-22"}, ["in_the_future"]),
        ({"posted_on": "0001-01-01"}, ["unlikely_date"]),
        ({"discovered_on": "0001-01-01", "discovered_at": "00:00"}, ["unlikely_date"]),
        ({"posted_on": "2026-11-21", "posted_at": "13:04"}, []),
        ({"posted_on": "2026-11-20", "discovered_on": "2026-11-19"}, ["discovered_too_early"]),
        ({"posted_on": "2026-11-19", "discovered_on": "2026-11-20"}, []),
        ({"posted_on": "2026-11-20", "posted_at": "08:00", "discovered_on": "2026-11-20"}, []),
        (
            {"posted_on": "2026-11-20", "posted_at": "08:00", "discovered_on": "2026-11-20", "discovered_at": "07:00"},
            ["discovered_too_early"],
        ),
    ],
)
def test_what_keeps_a_report_from_being_sent(change: dict, wanted: list[str]) -> None:
    assert codes(replace(GOOD, **change)) == wanted


def test_a_step_judges_only_its_own_fields() -> None:
    data = replace(GOOD, what="", link="ftp://x", manager_id=None)
    assert [r.field for r in check_step("what", data, NOW)] == ["what"]
    assert [r.field for r in check_step("evidence", data, NOW)] == ["link"]
    assert check_step("you", data, NOW) == ()


def test_every_refusal_lies_beside_a_field_of_some_step() -> None:
    fields = {field for step in STEPS.values() for field in step}
    bad = ReportData(who="colleague", link="x", posted_on="x", discovered_on="x")
    assert {refusal.field for refusal in check_report(bad, NOW)} <= fields


def test_the_unanswered_is_left_out_of_the_facts() -> None:
    data = replace(GOOD, category=("chikane",), danger_now="yes", facts={"severity": "unknown", "seen": 3})
    assert facts_of(data) == {"reported_by": "affected", "danger_now": "yes", "category": ["chikane"], "seen": 3}


def test_a_day_without_a_time_counts_from_its_beginning_in_danish_time() -> None:
    assert moment("2026-07-01", "") == datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
    assert moment("2026-12-01", "14:30") == datetime(2026, 12, 1, 13, 30, tzinfo=UTC)
    assert moment("", "") is None


def test_events_hold_only_what_is_known() -> None:
    assert set(events_of(GOOD, NOW, False)) == {"reported"}
    full = replace(GOOD, posted_on="2026-11-20", discovered_on="2026-11-21")
    assert set(events_of(full, NOW, True)) == {"reported", "posted", "discovered", "evidence_secured"}


def test_found_the_same_day_at_no_known_hour_is_not_found_before_it_was_posted() -> None:
    data = replace(GOOD, posted_on="2026-11-20", posted_at="10:00", discovered_on="2026-11-20")
    events = events_of(data, NOW, False)
    assert events["discovered"] == events["posted"] == "2026-11-20T10:00:00+01:00"


def _duty(name: str, act: str, *after: str) -> Duty:
    return Duty(
        id=name, act=act, phase=Phase.DISCOVER, title=name, owners=Owners(roles=("r",)), modality=Modality.MUST,
        kind=FulfilKind.CONFIRM, after=tuple(After(duty=one) for one in after),
    )  # fmt: skip


def test_what_the_report_has_done_need_not_be_ticked() -> None:
    duties = [
        _duty("secure", "secure_evidence"), _duty("mail", "report_to_leader", "secure"), _duty("story", "account_now"),
        _duty("later", "account_later"), _duty("needs", "say_needs"),
    ]  # fmt: skip
    assert settled_by_report(duties, GOOD, False) == ["story"]
    assert settled_by_report(duties, GOOD, True) == ["mail", "secure", "story"]
    assert settled_by_report(duties, replace(GOOD, who="colleague"), True) == ["mail", "secure"]
    assert settled_by_report(duties, replace(GOOD, needs_practical="fri"), False) == ["needs", "story"]


@pytest.mark.parametrize("text", ["", "https://", "mailto:x@y", "file:///etc/passwd", "https:/" + "/a" * 1200])
def test_what_is_no_web_address(text: str) -> None:
    assert not is_web_address(text)
