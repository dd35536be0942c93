"""The difference of two packs, entry by entry and field by field."""

from __future__ import annotations

from pathlib import Path

from tests.guideline.small_pack import FILES, OVERLAY, small_pack, write
from vaern.guideline.diff import Change, diff
from vaern.guideline.load import load


def changed(folder: Path, file: str, old: str, new: str) -> tuple[Change, ...]:
    assert old in FILES[file]
    before = load(small_pack(folder / "before"))
    return diff(before, load(write(small_pack(folder / "after"), {file: FILES[file].replace(old, new, 1)})))


def test_a_pack_does_not_differ_from_itself(tmp_path: Path) -> None:
    assert diff(load(small_pack(tmp_path)), load(small_pack(tmp_path))) == ()


def test_one_number(tmp_path: Path) -> None:
    (change,) = changed(tmp_path, "duties.toml", "offset = { days = 3 }", "offset = { days = 5 }")
    assert change == Change("changed", "duties 'police'", "deadline › offset › days", 3, 5)
    assert str(change) == "~ duties 'police' › deadline › offset › days: 3 → 5"


def test_the_head(tmp_path: Path) -> None:
    (change,) = changed(tmp_path, "pack.toml", 'version = "1.0"', 'version = "1.1"')
    assert str(change) == "~ pack › version: 1.0 → 1.1"


def test_a_field_that_comes_and_one_that_goes(tmp_path: Path) -> None:
    assert changed(tmp_path, "roles.toml", 'fallback = ["chef"]\n', "") == (
        Change("removed", "roles 'leder'", "fallback", old=["chef"]),
    )
    (change,) = changed(tmp_path, "roles.toml", 'name = "Chefen"', 'name = "Chefen"\nqualification = "kursus"')
    assert str(change) == "+ roles 'chef' › qualification: kursus"


def test_an_entry_with_another_id_is_one_gone_and_one_new(tmp_path: Path) -> None:
    first, last = changed(tmp_path, "duties.toml", 'id = "no_comments"', 'id = "silence"')
    assert (first.kind, first.of, first.old["title"]) == ("removed", "duties 'no_comments'", "Skriv ikke med")
    assert str(last) == "+ duties 'silence': Skriv ikke med"


def test_members_with_ids_are_met_by_id(tmp_path: Path) -> None:
    assert changed(tmp_path, "duties.toml", 'label = "Mød op"', 'label = "Gå derhen"') == (
        Change("changed", "duties 'police'", "alternatives › visit › label", "Mød op", "Gå derhen"),
    )
    swapped = 'values = [{ id = "high", label = "Meget" }, { id = "low", label = "Lidt" }]'
    straight = 'values = [{ id = "low", label = "Lidt" }, { id = "high", label = "Meget" }]'
    (change,) = changed(tmp_path, "facts.toml", straight, swapped)
    assert (change.of, change.field, change.old, change.new) == (
        "facts 'severity'", "values › order", ["low", "high"], ["high", "low"],
    )  # fmt: skip


def test_the_order_of_clauses_means_something_that_of_duties_does_not(tmp_path: Path) -> None:
    entries = FILES["clauses.toml"].split("\n\n")
    moved = "\n\n".join([entries[1], entries[0], *entries[2:]])
    (change,) = changed(tmp_path, "clauses.toml", FILES["clauses.toml"], moved)
    assert (change.of, change.field, change.new[:2]) == ("clauses", "order", ["L2", "L1"])
    duties = FILES["duties.toml"].split("\n\n")
    assert changed(tmp_path, "duties.toml", FILES["duties.toml"], "\n\n".join(reversed(duties))) == ()


def test_overlays_and_translations_have_names_of_their_own(tmp_path: Path) -> None:
    before, after = load(small_pack(tmp_path)), load(write(tmp_path / "overlay", OVERLAY))
    names = [change.of for change in diff(before, after)]
    assert "overlays 'L3 Tal'" in names
    assert "translations 'duty:talk en'" in names
