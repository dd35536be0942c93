"""`./run bench` measures something and says it beside a plain baseline."""

from __future__ import annotations

import re
import subprocess
import sys

from bench.figures import Figure, interleaved, table
from tests.house.sources import ROOT


def test_the_bench_runs_and_prints_a_ratio() -> None:
    command = [sys.executable, "-m", "bench", "--quick", "planner"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    line = re.search(
        r"^planner, 1000 duties and 1000 acts +\| +([\d.]+) ms \| +[\d.]+ ms \| +[\d.]+$", done.stdout, re.M
    )
    assert line, done.stdout
    assert float(line[1]) > 0


def test_medians_and_their_ratio_are_shown() -> None:
    figure = Figure("pages", "ms", ours=(9.0, 30.0, 10.0), plain=(5.0, 4.0, 5.0))
    assert [part.strip() for part in table([figure]).splitlines()[-1].split("|")] == [
        "pages",
        "10.0 ms",
        "5.0 ms",
        "2.0",
    ]


def test_rounds_are_interleaved() -> None:
    seen: list[str] = []

    def at(name: str, value: float) -> float:
        seen.append(name)
        return value

    assert interleaved(2, lambda: at("ours", 2), lambda: at("plain", 1)) == ((2, 2), (1, 1))
    assert seen == ["ours", "plain", "ours", "plain"]
