"""Manners of the house that no linter knows. The floors themselves are in `.importlinter`."""

from __future__ import annotations

import re
from statistics import median

import grimp
import pytest

from tests.house.sources import PACKAGE, ROOT, functions, imports, length, trees

APPS = (
    "journal",
    "jobs",
    "people",
    "cases",
    "evidence",
    "stamps",
    "mailbox",
    "bundle",
    "capture",
    "letters",
    "handover",
    "takedown",
    "referral",
    "notices",
)
# `doors` is the table of who may do what; screens ask it. `verify` lies in every bundle and runs without the rest.
DOORS = {"service", "queries", "rules", "facts", "doors", "verify"}

# A longer file needs a reason here.
LONG_FILES = {
    "guideline/pack.py": "the pack format is one vocabulary, read from top to bottom beside docs/pack-format.md",
    "bundle/verify.py": "one file by intent: it lies in every bundle and is read by people with nothing else of ours",
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("vaern", cache_dir=None)


@pytest.mark.parametrize("app", APPS)
def test_an_app_is_entered_by_its_doors(graph: grimp.ImportGraph, app: str) -> None:
    inside = {f"vaern.{app}", *graph.find_descendants(f"vaern.{app}")}
    wrong = [
        f"{importer} imports {module}"
        for module in sorted(inside)
        for importer in sorted(graph.find_modules_that_directly_import(module))
        if importer not in inside and [*module.split("."), ""][2] not in DOORS
    ]
    assert wrong == []


def test_no_import_of_our_own_code_inside_a_function() -> None:
    hidden = [
        f"{path}:{function.lineno}: {name}"
        for path, tree in trees(PACKAGE).items()
        for function in functions(tree)
        for name in imports(function)
        if name.split(".")[0] == "vaern"
    ]
    assert hidden == []


def test_no_signal_receivers() -> None:
    users = [
        path for path, tree in trees(PACKAGE).items() if any("dispatch" in n or "signals" in n for n in imports(tree))
    ]
    assert users == []


def test_files_are_short() -> None:
    for folder, limit in ((PACKAGE, 300), (ROOT / "tests", 500)):
        long = {path for path in trees(folder) if (folder / path).read_text(encoding="utf-8").count("\n") > limit}
        assert long - LONG_FILES.keys() == set()


def test_functions_are_short() -> None:
    lengths = {
        f"{path}:{node.lineno} {node.name}": length(node)
        for path, tree in trees(PACKAGE).items()
        for node in functions(tree)
    }
    assert [place for place, lines in lengths.items() if lines > 50] == []
    assert median(lengths.values()) < 10


def test_models_decide_nothing() -> None:
    saving = [
        f"{path}:{node.lineno}"
        for path, tree in trees(PACKAGE).items()
        if path.endswith("models.py")
        for node in functions(tree)
        if node.name in {"save", "delete", "clean"}
    ]
    assert saving == []


def test_every_manner_of_request_stays_out_of_one_transaction() -> None:
    # On SQLite a transaction around each request makes readers wait for writers: 69 ms became 1,300 ms.
    wanted = "ATOMIC" + "_REQUESTS"
    assert [str(path) for path in PACKAGE.rglob("*.py") if wanted in path.read_text(encoding="utf-8")] == []


def test_nothing_is_left_for_later() -> None:
    words = re.compile(
        r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|raise NotImpl" + r"ementedError|xf" + r"ail|pytest\.sk" + r"ip)\b"
    )
    places = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in ("src", "tests", "docs", "guidelines")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".html", ".md", ".toml", ".css", ".js"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if words.search(line)
    ]
    assert places == []
