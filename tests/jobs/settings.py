"""The program's settings with a few jobs of the tests' own, for worker processes that are started and killed."""

from __future__ import annotations

from vaern.config.settings import *  # noqa: F403
from vaern.config.settings import JOBS as OURS
from vaern.config.settings import Q_CLUSTER as QUEUE
from vaern.jobs.facts import Job

JOBS = {
    **OURS,
    "write": Job("tests.jobs.doing.write", "Skriver en linje"),
    "linger": Job("tests.jobs.doing.linger", "Skriver en linje og bliver ved"),
    "fail": Job("tests.jobs.doing.fail", "Fejler"),
    "tick": Job("tests.jobs.doing.tick", "Hvert minut", every="* * * * *"),
}
# A killed worker's job comes back after seconds, not hours.
Q_CLUSTER = {**QUEUE, "retry": 4, "timeout": 3, "poll": 0.1, "guard_cycle": 0.2}
