"""The planner alone: a guideline of a thousand duties, a history of a thousand acts, beside the least one could do."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.figures import Figure, Scale, interleaved
from vaern.guideline.compose import compose
from vaern.guideline.composed import Composed
from vaern.guideline.facts import CaseFacts, Done
from vaern.guideline.pack import Pack
from vaern.guideline.plan import plan

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
COUNT = 1000


def planner(scale: Scale) -> list[Figure]:
    composed, case = large()
    plan(composed, case, NOW)  # what is worked out once per guideline is not counted
    ours, plain = interleaved(
        scale.rounds * 3,
        lambda: _milliseconds(lambda: plan(composed, case, NOW)),
        lambda: _milliseconds(lambda: plain_plan(composed, case)),
    )
    return [Figure(f"planner, {COUNT} duties and {COUNT} acts", "ms", ours, plain)]


def large() -> tuple[Composed, CaseFacts]:
    """Conditions, exceptions, chains, working days and repetition on every duty that can have them."""
    duties = [_duty(number) for number in range(COUNT)]
    pack = {
        "pack": {"id": "large", "title": "Large", "organisation": "Nowhere", "version": "1", "kind": "guideline"},
        "roles": [{"id": "manager", "name": "M", "kind": "manager"}, {"id": "amr", "name": "A", "kind": "amr"}],
        "duties": duties,
    }
    done = (Done(f"d{n * 7 % COUNT}", NOW - timedelta(minutes=n), "done", "manager") for n in range(COUNT))
    facts = {"absence": "yes", "injury": "no"}
    case = CaseFacts(facts=facts, events={"discovered": NOW - timedelta(days=3)}, done=tuple(done))
    return compose(Pack.model_validate(pack)), case


def _duty(number: int) -> dict[str, Any]:
    duty: dict[str, Any] = {
        "id": f"d{number}",
        "phase": "handle",
        "title": f"Duty {number}",
        "clauses": ["T1"],
        "owners": {"roles": ["manager", "amr"], "mode": ("any", "all", "joint")[number % 3]},
        "modality": "must",
        "kind": "note",
        "when": {"all": [{"fact": "absence", "is": ["yes"]}]},
        "exceptions": [{"when": {"all": [{"fact": "injury", "is": ["yes"]}]}, "reason": "x"}],
        "deadline": {"anchor": "event:discovered", "offset": {"workdays": number % 7}},
    }
    if number % 10:
        duty["after"] = [{"duty": f"d{number - 1}"}]
    if number % 8 == 0:
        duty["repeat"] = {"every": {"days": 7}, "until": "event:removed"}
    return duty


def plain_plan(composed: Composed, case: CaseFacts) -> list[tuple[datetime, str, str]]:
    """Done or owed, and a date three days after the event, sorted. No condition, chain, owner or working day."""
    done = {act.duty for act in case.done}
    due = case.events["discovered"] + timedelta(days=3)
    return sorted((due, name, "done" if name in done else "owed") for name in composed.duty)


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
