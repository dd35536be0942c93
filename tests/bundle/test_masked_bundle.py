"""What goes out of what was covered: the masked copy, unless somebody with the right gives a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.utils import timezone

from tests.bundle.kit import a_case, ask, make, zip_of
from tests.bundle.test_make_bundle import entries, inside
from tests.cases_kit import NOW
from tests.people_kit import Municipality, actor, logged_in
from vaern.bundle import rules, service, verify
from vaern.bundle.facts import Asked
from vaern.cases.models import Case
from vaern.core.refusal import Refused
from vaern.evidence import queries
from vaern.evidence import service as evidence
from vaern.evidence.facts import Box, Item

pytestmark = pytest.mark.one_database


def covered(people: Municipality, item: Item) -> Item:
    return evidence.mask_evidence(
        actor=actor(people.mads), relations=("manager",), item=item, boxes=[Box(0, 0, 5000, 5000)], now=NOW
    )


@pytest.fixture
def case(people: Municipality) -> tuple[Case, list[Item], Item]:
    case, items = a_case(people)
    return case, items, covered(people, items[0])


def test_the_masked_copy_goes_out_and_nothing_of_the_original(
    people: Municipality, case: tuple[Case, list[Item], Item], tmp_path: Path
) -> None:
    row, items, mask = case
    path = zip_of(make(ask(people, row, items)), tmp_path / "p.zip")
    assert verify.check(path).code == 0
    assert {one.data["item"] for one in entries(row, "export_evidence")} == {str(mask.id), str(items[1].id)}
    files = inside(path)
    told = json.loads(files["data/bundle.json"])["items"]
    assert {one["sha256"] for one in told} == {mask.sha256, items[1].sha256}
    (masked,) = [one for one in told if one["made_by"] == "mask"]
    assert (masked["made_of"], masked["file"]) == (
        items[0].number,
        f"data/items/{mask.number:03d}-masked{mask.kind.extension}",
    )
    original = b"".join(
        evidence.export(actor=actor(people.mads), items=[items[0]], bundle=mask.id, now=NOW)[items[0].id].chunks()
    )
    assert original not in path.read_bytes()


def test_one_covered_after_it_was_asked_for_goes_out_covered(people: Municipality, tmp_path: Path) -> None:
    row, items = a_case(people)
    bundle = ask(people, row, items)
    mask = covered(people, items[0])
    told = json.loads(inside(zip_of(make(bundle), tmp_path / "p.zip"))["data/bundle.json"])["items"]
    assert mask.sha256 in {one["sha256"] for one in told}
    assert items[0].sha256 not in {one["sha256"] for one in told}


def test_the_original_goes_out_with_a_reason_that_is_on_record(
    people: Municipality, case: tuple[Case, list[Item], Item], tmp_path: Path
) -> None:
    row, items, _mask = case
    bundle = ask(people, row, items, originals=(items[0].id,), why_originals="Politiet skal se ansigtet")
    head = json.loads(inside(zip_of(make(bundle), tmp_path / "p.zip"))["data/bundle.json"])
    assert items[0].sha256 in {one["sha256"] for one in head["items"]}
    assert head["why_originals"] == "Politiet skal se ansigtet"
    assert entries(row, "make_bundle")[0].data["why_originals"] == "Politiet skal se ansigtet"


@pytest.mark.parametrize(("may", "why", "code"), [(True, " ", "no_reason"), (False, "Derfor", "not_allowed")])
def test_without_a_reason_or_without_the_right_it_does_not(
    people: Municipality, case: tuple[Case, list[Item], Item], may: bool, why: str, code: str
) -> None:
    row, items, _mask = case
    asked = Asked((items[0].id,), (items[0].id,), "Anmeldelse", "Politiet", why)
    with pytest.raises(Refused) as refused:
        service.make_bundle(actor=actor(people.mads), case_id=row.pk, asked=asked, may_originals=may, now=NOW)
    assert [one.code for one in refused.value.refusals] == [code]


def test_what_was_covered_after_the_bundle_was_made_is_said_and_needs_a_reason(people: Municipality) -> None:
    row, items = a_case(people)
    bundle = make(ask(people, row, items))
    assert rules.covered_since(bundle, queries.items_of_case(row.pk)) == []
    mask = evidence.mask_evidence(
        actor=actor(people.mads), relations=("manager",), item=items[0], boxes=[Box(0, 0, 5000, 5000)],
        now=timezone.now(),
    )  # fmt: skip
    everything = queries.items_of_case(row.pk)
    assert [one.number for one in rules.covered_since(bundle, everything)] == [1]
    client, address = logged_in(people.mads), f"/case/{row.pk}/bundles/{bundle.id}/download/"
    page = client.get(address).content.decode()
    assert "Bevis 1 ligger i den, som det var" in page
    refused = client.post(address, {"how": "plain", "why": " "})
    assert (refused.status_code, refused.context["form"].errors.keys()) == (422, {"why"})
    assert entries(row, "download_bundle") == []
    given = client.post(address, {"how": "plain", "why": "Politiet har bedt om originalen."})
    assert b"".join(given.streaming_content)
    (entry,) = entries(row, "download_bundle")
    assert (entry.data["covered_since"], entry.data["why"]) == ([1], "Politiet har bedt om originalen.")
    with pytest.raises(Refused) as no:
        service.download_bundle(
            actor=actor(people.mads), case_id=row.pk, bundle_id=bundle.id, how="plain", why="Fordi.",
            may_originals=False, now=NOW,
        )  # fmt: skip
    assert no.value.refusal.code == "not_allowed"
    evidence.set_mask_aside(
        actor=actor(people.mads), relations=("manager",), item=mask, reason="Forkert", now=timezone.now()
    )
    assert rules.covered_since(bundle, queries.items_of_case(row.pk)) == []
    let_out = make(ask(people, row, items, originals=(items[0].id,), why_originals="Politiet"))
    assert rules.covered_since(let_out, queries.items_of_case(row.pk)) == []


def test_what_somebody_let_out_with_a_reason_is_no_surprise(people: Municipality) -> None:
    row, items = a_case(people)
    covered(people, items[0])
    bundle = make(ask(people, row, items, originals=(items[0].id,), why_originals="Politiet har bedt om det."))
    assert rules.covered_since(bundle, queries.items_of_case(row.pk)) == []
