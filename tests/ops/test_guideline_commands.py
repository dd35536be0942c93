"""`vaern guideline …` as a person runs it: a real process, with no settings and no database in reach."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guideline.small_pack import FILES, LAYER, OVERLAY, small_pack, write

PACKS = Path(__file__).parents[2] / "guidelines"


def vaern(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("VAERN_", "DJANGO_"))}
    command = [sys.executable, "-m", "vaern.ops.main", *map(str, arguments)]
    environment = {**kept, "PYTHONUTF8": "1", "VAERN_DATA": "/nonexistent"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=cwd, timeout=60, check=False)


def test_check_passes_a_good_pack_and_its_relatives(tmp_path: Path) -> None:
    small = small_pack(tmp_path)
    layer, overlay = write(tmp_path / "landet", LAYER), write(tmp_path / "afdeling", OVERLAY)
    done = vaern("guideline", "check", small, layer, overlay)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{small}: ok (7 duties, 5 clauses)" in done.stdout


def test_an_overlay_finds_its_parent_beside_it(tmp_path: Path) -> None:
    overlay = write(tmp_path / "afdeling", OVERLAY)
    alone = vaern("guideline", "check", overlay)
    assert alone.returncode == 1
    assert "pack › parent: Pakken 'lille' findes ikke" in alone.stdout
    small_pack(tmp_path)
    assert vaern("guideline", "check", overlay).returncode == 0
    assert vaern("guideline", "check", "afdeling", cwd=tmp_path).returncode == 0


def test_check_names_file_place_and_reason_of_every_problem(tmp_path: Path) -> None:
    files = {"duties.toml": FILES["duties.toml"].replace('"talk"', '"tak"', 1).replace('"log"', '"bog"')}
    folder = write(small_pack(tmp_path), files)
    done = vaern("guideline", "check", folder, tmp_path / "none")
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert f"{folder}/duties.toml: duties 'police' › register: Registeret 'bog' findes ikke i registers." in lines
    assert (
        f"{folder}/duties.toml: duties 'police' › after › nr. 1 › duty: Pligten 'talk' findes ikke i duties." in lines
    )
    assert any(line.startswith(f"{tmp_path}/none: ") and line.endswith("Mappen findes ikke.") for line in lines)


def test_coverage_lists_the_clauses_and_fails_when_one_is_lost(tmp_path: Path) -> None:
    folder = small_pack(tmp_path)
    done = vaern("guideline", "coverage", folder, "--json")
    rows = json.loads(done.stdout)
    assert done.returncode == 0
    assert rows[0] == {"clause": "L1", "carried_by": ["rule:scope"], "reason": ""}
    assert rows[3] == {"clause": "L4", "carried_by": [], "reason": "En overskrift uden indhold."}
    write(folder, {"clauses.toml": FILES["clauses.toml"] + '[[clauses]]\nid = "L6"\ntitle = "x"'})
    done = vaern("guideline", "coverage", folder)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2:] == ["L6       UNACCOUNTED FOR", "6 clauses, 1 unaccounted for"]


def test_coverage_of_an_overlay_is_that_of_its_parent(tmp_path: Path) -> None:
    small_pack(tmp_path)
    done = vaern("guideline", "coverage", write(tmp_path / "afdeling", OVERLAY), "--json")
    assert done.returncode == 0
    assert [row["clause"] for row in json.loads(done.stdout)] == ["L1", "L2", "L3", "L4", "L5"]


@pytest.mark.parametrize("act", ["coverage", "diff"])
def test_a_broken_pack_is_refused_by_every_act(tmp_path: Path, act: str) -> None:
    folder = write(tmp_path / "x", {"pack.toml": "x"})
    done = vaern("guideline", act, folder, *([folder] if act == "diff" else []))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("pack.toml: linje 1: ")


def test_diff_in_words_and_as_data(tmp_path: Path) -> None:
    old = small_pack(tmp_path)
    new = write(tmp_path / "new", FILES | {"pack.toml": FILES["pack.toml"].replace('"1.0"', '"2.0"')})
    assert vaern("guideline", "diff", old, new).stdout == "~ pack › version: 1.0 → 2.0\n"
    assert json.loads(vaern("guideline", "diff", old, new, "--json").stdout) == [
        {"kind": "changed", "of": "pack", "field": "version", "old": "1.0", "new": "2.0"}
    ]
    assert vaern("guideline", "diff", old, old).stdout == "no changes\n"


FACTS = """\
[facts]
severity = "high"
author_age_band = "adult"
still_online = "yes"
[events]
discovered = "2026-11-20T10:00"
evidence_secured = "2026-11-20T11:00"
[consents]
police_report = "yes"
[[done]]
duty = "talk"
at = "2026-11-20T12:00"
"""


def test_plan_rehearses_a_case_that_exists_only_in_a_file(tmp_path: Path) -> None:
    small = small_pack(tmp_path)
    (tmp_path / "facts.toml").write_text(FACTS)
    done = vaern("guideline", "plan", small, "--facts", tmp_path / "facts.toml", "--at", "2026-11-21T09:00", "--json")
    rows = {row["id"]: row for row in json.loads(done.stdout)}
    assert done.returncode == 0
    assert len(rows) == 7
    assert set(rows["police"]) >= {
        "id", "clause", "layer", "owners", "modality", "state", "why", "not_before", "due", "words", "repeats",
    }  # fmt: skip
    assert (rows["talk"]["state"], rows["police"]["state"], rows["note"]["state"]) == ("done", "owed", "waiting")
    assert rows["police"]["due"] == "2026-11-23T09:00:00+00:00"  # ten o'clock in Denmark, three days later
    assert (rows["police"]["clause"], rows["police"]["layer"]) == (["L2"], "lille")


def test_plan_with_a_layer_and_in_words(tmp_path: Path) -> None:
    small, layer = small_pack(tmp_path), write(tmp_path / "landet", LAYER)
    (tmp_path / "facts.toml").write_text(FACTS)
    common = ["guideline", "plan", small, "--facts", tmp_path / "facts.toml", "--at", "2026-11-21T09:00"]
    alone = vaern(*common).stdout
    laid = json.loads(vaern(*common, "--layer", layer, "--json").stdout)
    assert "owed          2026-11-23 10:00  should   police: Meld det til politiet [L2] leder" in alone
    assert {row["id"] for row in laid} == {line.split(":")[-2].split()[-1] for line in alone.splitlines()}
    deadlines = next(row["deadlines"] for row in laid if row["id"] == "police")
    assert {due["layer"] for due in deadlines} == {"lille", "landet"}


def test_plan_of_an_overlay_finds_the_parent(tmp_path: Path) -> None:
    small_pack(tmp_path)
    (tmp_path / "facts.toml").write_text(FACTS)
    overlay = write(tmp_path / "afdeling", OVERLAY)
    done = vaern("guideline", "plan", overlay, "--facts", tmp_path / "facts.toml")
    assert done.returncode == 0
    assert "talk: Snak sammen [L3]" in done.stdout


def test_plan_refuses_a_bad_facts_file_with_every_problem(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text('[facts]\nseverity = "worst"\n[events]\nfound = "2026-01-01"\n')
    done = vaern("guideline", "plan", small_pack(tmp_path), "--facts", tmp_path / "facts.toml")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 2
    assert all(line.startswith("facts.toml: ") for line in done.stderr.splitlines())


def test_plan_refuses_a_facts_file_that_is_not_there_and_two_guidelines(tmp_path: Path) -> None:
    small = small_pack(tmp_path)
    assert vaern("guideline", "plan", small, "--facts", tmp_path / "none.toml").returncode == 1
    (tmp_path / "facts.toml").write_text(FACTS)
    twice = vaern("guideline", "plan", small, "--facts", tmp_path / "facts.toml", "--layer", small)
    assert (twice.returncode, twice.stdout) == (1, "")
    assert "Pakken er med to gange." in twice.stderr


def test_schema_is_json_and_the_same_every_time() -> None:
    first, second = vaern("guideline", "schema"), vaern("guideline", "schema")
    assert first.returncode == 0
    assert json.loads(first.stdout)["properties"]["duties"]["type"] == "array"
    assert first.stdout == second.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["chek"],
        ["check"],
        ["coverage"],
        ["coverage", "a", "b"],
        ["diff", "a"],
        ["schema", "--yaml"],
        ["plan", "a"],
        ["plan", "a", "--facts", "b", "--at", "noon"],
    ],
)
def test_a_command_that_is_not_understood_is_2_with_a_sentence(arguments: list[str]) -> None:
    done = vaern("guideline", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "error:" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_names_both_families() -> None:
    done = vaern("--help")
    assert done.returncode == 0
    assert "vaern guideline" in done.stdout
    assert "vaern COMMAND" in done.stdout


def test_another_command_meets_the_settings_and_says_what_is_wrong_with_them() -> None:
    done = vaern("migrate")
    assert done.returncode == 1
    assert done.stderr.startswith("vaern: the settings cannot be read: No secret key")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("pack", "clauses"), [("brovst", 51), ("albertslund", 54)])
def test_every_clause_of_the_two_guidelines_is_accounted_for(pack: str, clauses: int) -> None:
    done = vaern("guideline", "coverage", PACKS / pack, "--json")
    rows = json.loads(done.stdout)
    assert done.returncode == 0
    assert len(rows) == clauses
    assert all(row["carried_by"] or row["reason"] for row in rows)


def test_every_pack_of_the_project_is_right() -> None:
    done = vaern("guideline", "check", *sorted(folder for folder in PACKS.iterdir() if folder.is_dir()))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_check_takes_a_folder_of_capture_guides_too(tmp_path: Path) -> None:
    folder = tmp_path / "capture"
    shutil.copytree(PACKS / "capture", folder)
    assert f"{folder}: ok (12 capture guides)" in vaern("guideline", "check", folder).stdout
    (folder / "x.toml").write_text('[guide]\nplatform = "x"\n', encoding="utf-8")
    done = vaern("guideline", "check", folder)
    assert done.returncode == 1
    assert f"{folder}/x.toml: guide › owner: Det mangler og skal være der." in done.stdout.splitlines()
