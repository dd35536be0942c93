"""What the table of jobs says, and what is known of their runs. Frozen, no framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["waiting", "running", "well", "failing", "late"]


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the table in `config/jobs.py`.

    `run` is the dotted name of a function of a service; `title` is what the administrator reads, in Danish; `every` is
    a cron line in Danish time ("" for a job that is only asked for); `minutes` is how long one run may take before it
    is ended.
    """

    run: str
    title: str
    every: str = ""
    minutes: int = 10


@dataclass(frozen=True, slots=True)
class Run:
    """What is known of a job's runs. `problem` is the kind of the last fault, never its words."""

    name: str
    title: str
    state: State
    ok_at: datetime | None = None
    failed_at: datetime | None = None
    failures: int = 0
    problem: str = ""
