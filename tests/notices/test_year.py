"""Workers and the mail server are killed at random while time passes: no reminder is lost and none is doubled.
`./run bench year` does it with two thousand cases over a year."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.server import ROOT, Installation
from bench.year import compare

CASES, DAYS, SEED = 6, 2, 1


def run(home: Installation, how: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.year", str(CASES), str(DAYS), str(SEED), how]
    done = subprocess.run(command, env=home.environment, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_no_reminder_is_lost_and_none_doubled(tmp_path: Path) -> None:
    with Installation(tmp_path / "rough") as home:
        rough = run(home, "rough")
    with Installation(tmp_path / "calm") as home:
        calm = run(home, "calm")
    assert rough["kills"] >= 2
    assert (rough["cases"], calm["cases"]) == (CASES, CASES)
    assert len(calm["notices"]) > CASES
    assert compare(rough, calm) == []
    assert compare({**rough, "notices": rough["notices"][1:]}, calm), "what is lost is seen"
