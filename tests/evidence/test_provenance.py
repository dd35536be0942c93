"""What was told and what was found: kept apart, only added to, and compared without choosing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cases_kit import NOW, open_case
from tests.evidence import files
from tests.evidence.files import upload
from tests.people_kit import Municipality, actor
from vaern.cases.models import Case
from vaern.core.digest import digest_of
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import models, queries, service
from vaern.evidence.facts import Found, Item, Said
from vaern.evidence.provenance import check_said, disagreements, same_address

# --- rules ---------------------------------------------------------------------------------------------------

TOLD = Said(
    url="https://facebook.com/anna/posts/1",
    context="post",
    posted_on="2026-11-16",
    posted_at="21:00",
    taken_by="Anna",
    taken_on="2026-11-16",
    taken_at="22:00",
    shares="3",
)


def test_nothing_and_much_can_be_told() -> None:
    assert check_said(Said(), NOW) == ()
    assert check_said(TOLD, NOW) == ()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("url", "facebook.com/anna", "bad_link"),
        ("url", "javascript:alert(1)", "bad_link"),
        ("posted_on", "i går", "bad_date"),
        ("posted_on", "2026-11-30", "in_the_future"),
        ("taken_on", "1812-01-01", "unlikely_date"),
        ("shares", "mange", "bad_number"),
        ("reactions", "٣", "bad_number"),
        ("reactions", "-1", "bad_number"),
        ("taken_by", "x" * 201, "too_long"),
        ("thread", "x" * 2001, "too_long"),
        ("context", "dream", "bad_choice"),
        ("group_closed", "maybe", "bad_choice"),
    ],
)
def test_what_cannot_be_kept_is_named_beside_its_field(field: str, value: str, code: str) -> None:
    clocks = {f"{field[:-3]}_at": ""} if field.endswith("_on") else {}
    (wrong,) = check_said(replace(TOLD, **{field: value, **clocks}), NOW)
    assert (wrong.code, wrong.field) == (code, field)


def test_a_clock_needs_its_day() -> None:
    (wrong,) = check_said(Said(posted_at="14:30"), NOW)
    assert (wrong.code, wrong.field) == ("clock_without_day", "posted_on")


@pytest.mark.parametrize(
    ("said", "found", "about"),
    [
        ({"taken_on": "2026-11-11"}, {"taken_at": "2026-11-12T10:00:00+01:00"}, ["taken"]),
        ({"taken_on": "2026-11-12"}, {"taken_at": "2026-11-12T10:00:00+01:00"}, []),
        # Half past eleven in the evening in London is the next day here.
        ({"taken_on": "2026-11-12"}, {"taken_at": "2026-11-11T23:30:00+00:00"}, []),
        ({"taken_on": "2026-11-12", "taken_at": "10:04"}, {"taken_at": "2026-11-12T10:00:00"}, []),
        ({"taken_on": "2026-11-12", "taken_at": "10:30"}, {"taken_at": "2026-11-12T10:00:00"}, ["taken"]),
        ({"taken_on": "2026-11-12"}, {"saved_at": "2026-11-13T10:00:00+00:00"}, ["taken"]),
        ({"taken_on": "2026-11-12"}, {"created_at": "2020-01-01T10:00:00"}, []),
        ({"posted_on": "2026-11-13"}, {"taken_at": "2026-11-12T10:00:00"}, ["taken_before_posted"]),
        ({"posted_on": "2026-11-12"}, {"taken_at": "2026-11-12T10:00:00"}, []),
        ({"posted_on": "2026-11-12"}, {"sent_at": "2026-11-10T10:00:00+01:00"}, ["sent"]),
        ({"url": "https://m.facebook.com/Anna/posts/1?fbclid=x"}, {"url": "https://facebook.com/anna/posts/1"}, []),
        ({"url": "https://facebook.com/anna/posts/2"}, {"url": "https://facebook.com/anna/posts/1"}, ["url"]),
        ({}, {"taken_at": "2026-11-12T10:00:00", "url": "https://example.org/"}, []),
        ({"taken_on": "2026-11-12", "url": "https://example.org/"}, {}, []),
        ({"taken_on": "i går"}, {"taken_at": "2026-11-12T10:00:00"}, []),
        ({"taken_on": "2026-11-12"}, {"taken_at": "nonsense"}, []),
    ],
)
def test_where_both_told_something_else(said: dict[str, str], found: dict[str, str], about: list[str]) -> None:
    assert [one.about for one in disagreements(replace(Said(), **said), replace(Found(), **found))] == about


def test_the_same_address_is_found_however_it_is_written() -> None:
    ways = {1: ("https://x.com/a/status/1",), 3: ("https://example.org/", "https://twitter.com/A/status/1?s=20"), 4: ()}
    assert same_address(ways, "https://mobile.twitter.com/a/status/1") == (1, 3)
    assert same_address(ways, "https://x.com/a/status/2") == ()
    assert same_address(ways, "") == same_address(ways, "opslaget") == ()


# --- what is kept --------------------------------------------------------------------------------------------


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people)


def taken_in(people: Municipality, case: Case, name: str = "foto.jpg", data: bytes = b"") -> Item:
    return service.take_in(
        actor=actor(people.anna), upload=upload(name, data or files.jpeg()), case_id=case.pk, now=NOW
    )  # fmt: skip


def describe(people: Municipality, case: Case, item: Item, said: Said, seen: int = 1) -> None:
    service.describe_evidence(
        actor=actor(people.mads), case_id=case.pk, item_id=item.id, said=said, seen=seen, now=NOW + timedelta(hours=1)
    )


def test_a_file_is_read_when_it_is_taken_in(people: Municipality, case: Case) -> None:
    (known,) = queries.provenance(taken_in(people, case).id)
    assert known.found.taken_at == "2026-11-20T21:14:05+01:00"
    assert known.said == Said()
    assert (known.version, known.by) == (1, None)


def test_telling_more_leaves_what_was_told_before(people: Municipality, case: Case) -> None:
    item = taken_in(people, case)
    describe(people, case, item, TOLD)
    describe(people, case, item, replace(TOLD, shares="4"), seen=2)
    newest, middle, first = queries.provenance(item.id)
    assert [one.said for one in (newest, middle, first)] == [replace(TOLD, shares="4"), TOLD, Said()]
    assert newest.found == middle.found == first.found != Found()
    assert (newest.version, newest.by) == (3, people.mads.pk)


def test_each_telling_is_an_entry_with_the_digest_of_its_words(people: Municipality, case: Case) -> None:
    item = taken_in(people, case)
    describe(people, case, item, TOLD)
    entry, *_ = queries.custody(case.pk)
    row = models.Provenance.objects.get(item=item.id, version=2)
    assert entry.act == "describe_evidence"
    assert entry.data["provenance"] == digest_of([row.said, row.found])
    assert "shares" in entry.data["fields"]
    assert "facebook" not in str(entry.data)


def test_what_is_told_with_the_file_is_an_entry_too(people: Municipality, case: Case) -> None:
    told = Said(url="https://example.org/1")
    service.take_in(actor=actor(people.anna), upload=upload("a.png", files.png()), case_id=case.pk, said=told, now=NOW)
    assert [one.act for one in queries.custody(case.pk)] == ["take_in_evidence", "describe_evidence"]


def test_telling_the_same_again_adds_nothing(people: Municipality, case: Case) -> None:
    item = taken_in(people, case)
    describe(people, case, item, TOLD)
    describe(people, case, item, TOLD)
    assert len(queries.provenance(item.id)) == 2
    assert [one.act for one in queries.custody(case.pk)].count("describe_evidence") == 1


def test_who_wrote_on_an_old_page_overwrites_nobody(people: Municipality, case: Case) -> None:
    item = taken_in(people, case)
    describe(people, case, item, TOLD)
    with pytest.raises(Refused) as refused:
        describe(people, case, item, replace(TOLD, shares="9"), seen=1)
    assert refused.value.refusal.code == "told_meanwhile"
    assert queries.provenance(item.id)[0].said == TOLD


def test_an_item_of_another_case_is_not_there(people: Municipality, case: Case) -> None:
    item = taken_in(people, open_case(people))
    with pytest.raises(Unseen):
        describe(people, case, item, TOLD)


def test_what_came_before_files_were_read_can_be_told_of(people: Municipality, case: Case) -> None:
    item = taken_in(people, case)
    models.Provenance.objects.all().delete()
    assert queries.provenance(item.id)[0].version == 0
    describe(people, case, item, TOLD, seen=0)
    assert queries.provenance(item.id)[0].said == TOLD


def test_a_report_brings_along_what_was_read(people: Municipality) -> None:
    case = open_case(people)
    saved = taken_in(people, case, "side.mhtml", files.mhtml())
    taken_in(people, case, "skærm.png", files.png())
    assert queries.addresses(case.pk) == {saved.number: ("https://example.org/opslag/1",)}
