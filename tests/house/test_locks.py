"""The locks pin what the project asks for, with hashes, and name no place to fetch it from."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.sources import PACKAGE, ROOT, imports, trees

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def wished(name: str) -> list[str]:
    lines = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


LOCKS = {
    "run": PROJECT["dependencies"],
    "dev": [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]],
    "node": wished("node"),
    "uv": wished("uv"),
}


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return {
        canonicalize_name(name): version for name, version in re.findall(r"^([\w.\-]+)==([^\s;]+)", text, re.MULTILINE)
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_pinned_to_a_version_it_allows(lock: str) -> None:
    pinned = pins(lock)
    wanted = [Requirement(text) for text in LOCKS[lock]]
    out_of_step = [
        str(need) for need in wanted if not need.specifier.contains(pinned.get(canonicalize_name(need.name), "0"))
    ]
    assert out_of_step == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_carries_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[\w.\-]+==)", text)
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text
    assert "--index" not in text


def test_what_runs_is_pinned_alike_for_developers() -> None:
    assert pins("run").items() <= pins("dev").items()


OPTIONAL = {"letters/memo.py"}
"""Needs what only the lock for Digital Post has, and is entered only where that is set up."""


def test_everything_the_program_imports_is_pinned_for_running() -> None:
    """A library that only the tests bring would be missing where the program runs, and nowhere else."""
    known, missing = packages_distributions(), set()
    for path, tree in trees(PACKAGE).items():
        pinned = {*pins("digital-post" if path in OPTIONAL else "run")}
        for module in {name.partition(".")[0] for name in imports(tree)} - {*sys.stdlib_module_names, "vaern"}:
            beside = (PACKAGE / path).with_name(f"{module}.py")
            if not beside.is_file() and not pinned & {canonicalize_name(one) for one in known.get(module, [])}:
                missing.add((module, path))
    assert missing == set()


def test_front_end_lock_has_hashes_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = {name.removeprefix("node_modules/"): entry for name, entry in lock["packages"].items() if name}
    assert {name: packages[name]["version"] for name in asked} == asked
    assert all(entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in packages.values())
