"""My duties in heaps, what burns first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vaern.cases.facts import DutyLine, Urgency
from vaern.web import duty_texts as texts
from vaern.web.duty_rows import STYLES
from vaern.web.guideline_texts import Said

_KINDS: tuple[Urgency, ...] = ("now", "today", "hours_72", "week", "later")


@dataclass(frozen=True, slots=True)
class MyDuty:
    line: DutyLine
    title: Said
    words: Said
    late: bool
    style: str


@dataclass(frozen=True, slots=True)
class MyHeap:
    urgency: Urgency
    title: str
    duties: tuple[MyDuty, ...]


def my_heaps(lines: Sequence[DutyLine], now: datetime) -> list[MyHeap]:
    """Empty heaps are left out."""
    lying = ((kind, tuple(_one(line, now) for line in lines if line.urgency == kind)) for kind in _KINDS)
    return [MyHeap(kind, str(texts.URGENCIES[kind]), duties) for kind, duties in lying if duties]


def _one(line: DutyLine, now: datetime) -> MyDuty:
    late = line.due is not None and line.due < now
    return MyDuty(
        line, Said(line.title, line.language), Said(line.words, line.words_language), late, STYLES.get(line.urgency, "")
    )
