"""Every clause of the source is carried by something, or says why not."""

from __future__ import annotations

from pathlib import Path

from tests.guideline.small_pack import FILES, small_pack, write
from vaern.guideline.coverage import Coverage, coverage
from vaern.guideline.load import load


def rows(folder: Path) -> dict[str, Coverage]:
    return {row.clause: row for row in coverage(load(folder))}


def test_each_carrier_is_named_once_with_its_kind(tmp_path: Path) -> None:
    found = rows(small_pack(tmp_path))
    assert list(found) == ["L1", "L2", "L3", "L4", "L5"]
    assert found["L1"].carried_by == ("rule:scope",)
    assert found["L2"].carried_by == ("duty:police", "duty:note", "duty:write")
    assert found["L3"].carried_by[-2:] == ("standing:training", "passage:advice")
    assert found["L5"].carried_by == ("contact:station",)


def test_a_clause_nothing_carries_gives_its_reason(tmp_path: Path) -> None:
    row = rows(small_pack(tmp_path))["L4"]
    assert (row.carried_by, row.reason, row.accounted) == ((), "En overskrift uden indhold.", True)


def test_a_lost_clause_has_both_empty(tmp_path: Path) -> None:
    folder = write(
        small_pack(tmp_path), {"clauses.toml": FILES["clauses.toml"] + '[[clauses]]\nid = "L6"\ntitle = "x"'}
    )
    row = rows(folder)["L6"]
    assert (row.carried_by, row.reason, row.accounted) == ((), "", False)


def test_parts_of_a_duty_and_every_other_kind_carry_too(tmp_path: Path) -> None:
    changes = {
        "clauses.toml": FILES["clauses.toml"] + '[[clauses]]\nid = "L6"\ntitle = "x"',
        "duties.toml": FILES["duties.toml"]
        .replace('label = "Ring 114"', 'label = "Ring 114", clauses = ["L6"]')
        .replace('role = "chef",', 'role = "chef", clauses = ["L6"],')
        .replace('reason = "Det er væk."', 'reason = "Det er væk.", clauses = ["L6"]'),
        "directory.toml": FILES["directory.toml"]
        .replace('takes = "Hver hændelse"', 'takes = "Hver hændelse"\nclauses = ["L6"]')
        .replace("period = { weeks = 2 }", 'clauses = ["L6"]')
        .replace('part_of = "threat"', 'clauses = ["L6"]'),
        "facts.toml": FILES["facts.toml"]
        .replace('kind = "text"', 'kind = "text"\nclauses = ["L6"]')
        .replace('hjemme?"', 'hjemme?"\nclauses = ["L6"]'),
        "roles.toml": FILES["roles.toml"].replace('kind = "affected"', 'kind = "affected"\nclauses = ["L6"]'),
        "letters/request.md": FILES["letters/request.md"].replace("fields =", 'clauses = ["L6"]\nfields ='),
    }
    assert rows(write(small_pack(tmp_path), changes))["L6"].carried_by == (
        "duty:police", "alternative:police.phone", "definition:mild_threat", "role:ansat", "register:log",
        "measure:escort", "consent:home_visit", "letter:request", "fact:remark",
    )  # fmt: skip
