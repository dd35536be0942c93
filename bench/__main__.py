"""`python -m bench [NAMES] [--quick]`: measures, prints a table of ratios, and keeps every round under var/bench/.

Run only when named: `python -m bench kill [--reports N] [--seed N]` kills the server instead of timing it,
`python -m bench mutate [--changes N] [--seed N]` changes single bytes of what is stored and recorded, and
`python -m bench year [--cases N] [--days N] [--seed N]` lets time pass while workers and the mail server are killed.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.evidence import evidence
from bench.figures import FULL, QUICK, Figure, Scale, table
from bench.intake import intake
from bench.kill import kill
from bench.pages import case_page, cold_start, lists, memory
from bench.planner import planner
from bench.server import ROOT, Installation, end_cleanly

BENCHES: dict[str, Callable[[Scale, Path], list[Figure]]] = {
    "intake": intake,
    "case": case_page,
    "lists": lists,
    "start": cold_start,
    "memory": memory,
    "evidence": evidence,
    "planner": lambda scale, folder: planner(scale),
}
ALONE = ("kill", "mutate", "year")
"""Run only when named, one at a time: they look for what is lost and not for what is slow."""


def main() -> int:
    asked = _arguments()
    end_cleanly()
    if "kill" in asked.names:
        return _kill(asked.reports, asked.seed)
    if "mutate" in asked.names:
        return _mutate(asked.changes, asked.seed or 1)
    if "year" in asked.names:
        return _year(asked.cases, asked.days, asked.seed or 1)
    scale = QUICK if asked.quick else FULL
    figures: list[Figure] = []
    for name in asked.names or BENCHES:
        begun = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="vaern-bench-") as folder:
            figures += BENCHES[name](scale, Path(folder))
        print(f"* {name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    print(table(figures))
    _keep("bench", {"quick": asked.quick, "figures": [figure.said() for figure in figures]})
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join([*BENCHES, *ALONE]))
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller lists")
    parser.add_argument("--reports", type=int, default=200, help="for kill")
    parser.add_argument("--changes", type=int, default=10_000, help="for mutate: single bytes changed")
    parser.add_argument("--cases", type=int, default=2_000, help="for year")
    parser.add_argument("--days", type=int, default=365, help="for year")
    parser.add_argument("--seed", type=int, help="for kill, mutate and year")
    asked = parser.parse_args()
    unknown = set(asked.names) - {*BENCHES, *ALONE}
    if unknown:
        parser.error(f"there is no bench {', '.join(sorted(unknown))}")
    return asked


def _kill(reports: int, seed: int | None) -> int:
    with tempfile.TemporaryDirectory(prefix="vaern-kill-") as folder, Installation(Path(folder) / "data") as home:
        found = kill(home, reports=reports, seed=seed)
    found["receipts"] = len(found["receipts"])
    del found["objects"]
    print(json.dumps(found, indent=1))
    _keep("kill", found)
    return 1 if found["problems"] else 0


def _mutate(changes: int, seed: int) -> int:
    with tempfile.TemporaryDirectory(prefix="vaern-mutate-") as folder, Installation(Path(folder) / "data") as home:
        found = home.run("bench.mutate", str(changes), str(seed))
    print(json.dumps(found, indent=1))
    _keep("mutate", found)
    return 1 if found["problems"] else 0


def _year(cases: int, days: int, seed: int) -> int:
    runs = {}
    for how in ("rough", "calm"):
        with tempfile.TemporaryDirectory(prefix="vaern-year-") as folder, Installation(Path(folder) / "data") as home:
            runs[how] = home.run("bench.year", str(cases), str(days), str(seed), how)
    # Its rules belong to an installation, as everything that reads the program does; the answer is a list of words.
    with tempfile.TemporaryDirectory(prefix="vaern-year-") as folder, Installation(Path(folder) / "data") as home:
        problems = home.run("bench.year", "compare", given=[runs["rough"], runs["calm"]])
    found = {**{how: {**run, "notices": len(run["notices"])} for how, run in runs.items()}, "problems": problems[:50]}
    print(json.dumps(found, indent=1))
    _keep("year", found)
    return 1 if problems else 0


def _keep(name: str, found: dict[str, Any]) -> None:
    """One file a run, so that runs can be compared; the machine is named by its kind, not by its name."""
    now = datetime.now(UTC)
    machine = {"python": platform.python_version(), "system": platform.system(), "processor": platform.machine()}
    path = ROOT / "var" / "bench" / f"{name}-{now:%Y%m%dT%H%M%SZ}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"at": now.isoformat(), "machine": machine, **found}, indent=1) + "\n", encoding="utf-8")
    print(f"{path.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
