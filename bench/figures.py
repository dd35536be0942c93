"""What is measured, and how it is said: medians of interleaved rounds, ours beside the plain baseline's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is done: rounds of each measuring, pages a round, reports a client, rows of the two lists."""

    rounds: int
    pages: int
    reports: int
    lists: tuple[int, int]


FULL = Scale(rounds=5, pages=20, reports=3, lists=(10_000, 100_000))
QUICK = Scale(rounds=2, pages=6, reports=1, lists=(1_000, 5_000))


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. Every round is kept; the median is what is shown."""

    what: str
    unit: str
    ours: Sequence[float]
    plain: Sequence[float]

    def said(self) -> dict[str, Any]:
        ours, plain = median(self.ours), median(self.plain)
        return {**asdict(self), "median": ours, "median_plain": plain, "ratio": ours / plain}


def interleaved(
    rounds: int, ours: Callable[[], float], plain: Callable[[], float]
) -> tuple[Sequence[float], Sequence[float]]:
    """Ours, plain, ours, plain …: what disturbs the machine for a while disturbs both."""
    pairs = [(ours(), plain()) for _ in range(rounds)]
    return tuple(zip(*pairs, strict=True))  # type: ignore[return-value]


def table(figures: Sequence[Figure]) -> str:
    rows = [("what", "Værn", "plain", "ratio")]
    for figure in figures:
        said = figure.said()
        rows.append(
            (
                figure.what,
                f"{said['median']:.1f} {figure.unit}",
                f"{said['median_plain']:.1f} {figure.unit}",
                f"{said['ratio']:.1f}",
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [" | ".join([row[0].ljust(widths[0]), *(row[n].rjust(widths[n]) for n in (1, 2, 3))]) for row in rows]
    return "\n".join([lines[0], "-|-".join("-" * width for width in widths), *lines[1:]])
