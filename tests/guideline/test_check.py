"""Every way a pack may be wrong, one row each: what is changed, and the file, place and sentence of the refusal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.guideline import small_pack
from tests.guideline.broken_packs import ROWS, Row
from vaern.guideline.check import check
from vaern.guideline.load import load, load_with_files
from vaern.guideline.problem import PackProblems, Problem

TODAY = date(2026, 11, 21)


def problems_with(folder: Path, files: dict[str, str], others: list[dict[str, str]]) -> tuple[Problem, ...]:
    known = [load(small_pack.write(folder / f"other{number}", other)) for number, other in enumerate(others)]
    try:
        loaded = load_with_files(small_pack.write(folder / "pack", files))
    except PackProblems as refused:
        return refused.problems
    return check(loaded.pack, {pack.pack.id: pack for pack in known}, files=loaded.files, today=TODAY)


def test_the_small_pack_its_layer_and_its_overlay_are_right(tmp_path: Path) -> None:
    small, layer, overlay = small_pack.FILES, small_pack.LAYER, small_pack.OVERLAY
    assert problems_with(tmp_path / "a", small, []) == ()
    assert problems_with(tmp_path / "b", layer, [small]) == ()
    assert problems_with(tmp_path / "c", overlay, [small]) == ()


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_refuses(row: Row, tmp_path: Path) -> None:
    problems = problems_with(tmp_path, row.files(), row.others)
    found = [problem for problem in problems if problem.reason == row.reason and row.place in problem.place]
    assert found, [str(problem) for problem in problems]
    assert found[0].file == (row.told_in or row.file)
    assert "%(" not in found[0].sentence


def test_at_least_forty_kinds_of_broken_pack_are_refused() -> None:
    assert len({(row.reason, row.place) for row in ROWS}) == len(ROWS) >= 40
    assert len({row.reason for row in ROWS}) >= 40


def test_every_problem_is_told_not_only_the_first(tmp_path: Path) -> None:
    files = dict(small_pack.FILES)
    files["duties.toml"] = files["duties.toml"].replace('roles = ["leder"]', 'roles = ["ledre"]')
    files["directory.toml"] = files["directory.toml"].replace("https://", "ftp://")
    problems = problems_with(tmp_path, files, [])
    assert {problem.file for problem in problems} == {"duties.toml", "directory.toml"}
    assert len(problems) == 6


def test_dates_are_not_judged_without_a_day(tmp_path: Path) -> None:
    files = dict(small_pack.FILES)
    files["directory.toml"] = files["directory.toml"].replace("checked_on = 2026-11-01", "checked_on = 2999-01-01")
    loaded = load_with_files(small_pack.write(tmp_path, files))
    assert check(loaded.pack, {}) == ()
    assert len(check(loaded.pack, {}, today=TODAY)) == 1


def test_a_layer_alone_is_not_blamed_for_the_guidelines_it_cannot_see(tmp_path: Path) -> None:
    assert problems_with(tmp_path, small_pack.LAYER, []) == ()


def test_a_problem_reads_as_file_place_and_sentence() -> None:
    problem = Problem("duties.toml", "duties 'talk' › owners", "Rollen '%(role)s' findes ikke.", {"role": "x"})
    assert str(problem) == "duties.toml: duties 'talk' › owners: Rollen 'x' findes ikke."


def test_a_thousand_duties_in_one_chain_are_no_circle(tmp_path: Path) -> None:
    duty = '[[duties]]\nid = "d{at}"\nphase = "handle"\ntitle = "t"\nowners = {{ roles = ["leder"] }}\n'
    duty += 'modality = "must"\nkind = "note"\nafter = [{{ duty = "d{before}" }}]\n'
    chain = "".join(duty.format(at=at, before=at - 1) for at in range(1, 1001))
    files = dict(small_pack.FILES)
    files["chain.toml"] = chain + duty.format(at=0, before="x").replace('after = [{ duty = "dx" }]', "")
    assert problems_with(tmp_path, files, []) == ()


def test_a_loop_with_a_way_in_is_no_ring(tmp_path: Path) -> None:
    """A refusal may create a new request: the first request comes from elsewhere."""
    files = dict(small_pack.FILES)
    again = '[{ duty = "police", outcomes = ["declined"] }, { duty = "ask_again", outcomes = ["done"] }]'
    files["duties.toml"] = files["duties.toml"].replace('[{ duty = "police", outcomes = ["declined"] }]', again)
    files["again.toml"] = (
        '[[duties]]\nid = "ask_again"\nphase = "handle"\ntitle = "x"\nowners = { roles = ["leder"] }\n'
        'modality = "must"\nkind = "note"\narises_from = [{ duty = "note", outcomes = ["declined"] }]\n'
    )
    assert problems_with(tmp_path, files, []) == ()
