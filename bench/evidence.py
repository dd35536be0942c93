"""Evidence: taken in against “write, fsync, SHA-256” of the same bytes, and the check against `sha256sum`.

Taking in is more than storing: a small file's time is mostly judging it, the database's commit and the journal, so what
the vault costs alone stands in a line of its own."""

from __future__ import annotations

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
    figures = []
    for size in sizes:
        one, what = found["intake"][str(size)], f"evidence of {size // MIB} MiB"
        figures += [
            Figure(f"{what} taken in", "ms", _ms(one["ours"]), _ms(one["plain"])),
            Figure(f"{what} sealed and stored only", "ms", _ms(one["put"]), _ms(one["plain"])),
        ]
    small, large = (found["peak"][str(size)] for size in sizes)
    figures.append(Figure("most memory: 200 MiB against 2 MiB taken in", "MiB", large, small))
    return [
        *figures,
        Figure("evidence check (more is better)", "MB/s", found["check"]["ours"], found["check"]["plain"]),
    ]


def _ms(seconds: list[float]) -> list[float]:
    return [one * 1000 for one in seconds]
