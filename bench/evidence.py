"""Evidence: taken in against “write, fsync, SHA-256” of the same bytes, and the check against `sha256sum`.

Taking in is more than storing: a small file's time is mostly judging it, the database's commit and the journal, so what
the vault costs alone, and what the rest, stands in lines of its own. Sealing has a floor that no code of ours can
lower: the same bytes encrypted by the library alone and written, without a digest, is the second baseline."""

from __future__ import annotations

from pathlib import Path

from bench.figures import Figure, Scale
from bench.flat import flat
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
        beside = [whole - stored for whole, stored in zip(one["ours"], one["vault"], strict=True)]
        figures += [
            Figure(f"{what} taken in", "ms", _ms(one["ours"]), _ms(one["plain"])),
            Figure(f"{what} sealed and stored only", "ms", _ms(one["vault"]), _ms(one["plain"])),
            Figure(f"{what} judged, rows and journal only", "ms", _ms(beside), _ms(one["plain"])),
            Figure(f"{what} taken in, against age alone", "ms", _ms(one["ours"]), _ms(one["age"])),
        ]
    small, large = flat(folder / "flat", sizes)
    return [
        *figures,
        Figure("server's most memory: 200 MiB in and out, after 2 MiB", "MiB", [large], [small]),
        Figure("evidence check (more is better)", "MB/s", found["check"]["ours"], found["check"]["plain"]),
    ]


def _ms(seconds: list[float]) -> list[float]:
    return [one * 1000 for one in seconds]
