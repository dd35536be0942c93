"""The locks pin what the project asks for, with hashes, and name no place to fetch it from."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NODE = [line for line in (ROOT / "requirements/node.in").read_text().splitlines() if line and not line.startswith("#")]
LOCKS = {
    "run": PROJECT["dependencies"],
    "dev": [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]],
    "node": NODE,
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


def test_front_end_lock_has_hashes_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = {name.removeprefix("node_modules/"): entry for name, entry in lock["packages"].items() if name}
    assert {name: packages[name]["version"] for name in asked} == asked
    assert all(entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in packages.values())
