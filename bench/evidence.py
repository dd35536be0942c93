"""Evidence: taken in against “write, fsync, SHA-256” of the same bytes, and the check against `sha256sum`."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.figures import Figure, Scale
from bench.server import Installation

MIB = 1024 * 1024


def evidence(scale: Scale, folder: Path) -> list[Figure]:
    sizes = (2 * MIB, 200 * MIB)
    home = Installation(folder / "data")
    home.environment["VAERN_FILE_MAX_MB"] = "256"
    with home:
        found = home.run("bench.sealing", str(scale.rounds), *map(str, sizes))
    print(f"memory of the process grew by {found['grown_mib']:.1f} MiB at the last intake", file=sys.stderr)
    figures = [
        Figure(f"evidence of {size // MIB} MiB taken in", "ms", _ms(one["ours"]), _ms(one["plain"]))
        for size, one in ((size, found["intake"][str(size)]) for size in sizes)
    ]
    return [
        *figures,
        Figure("evidence check (more is better)", "MB/s", found["check"]["ours"], found["check"]["plain"]),
    ]


def _ms(seconds: list[float]) -> list[float]:
    return [one * 1000 for one in seconds]
