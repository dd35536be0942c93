"""Small packs, cases and questions for the tests of the planner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from vaern.guideline.compose import Composed, compose
from vaern.guideline.facts import CaseFacts, Done, Row
from vaern.guideline.pack import Duty, Head, Pack, Role
from vaern.guideline.plan import plan

DAY0 = datetime(2026, 2, 2, 8, 0, tzinfo=UTC)  # a Monday, 9 o'clock in Denmark

ROLES = (
    Role(id="affected", name="Den ramte", kind="affected"),
    Role(id="manager", name="Lederen", kind="manager", fallback=("above",)),
    Role(id="above", name="Lederens leder", kind="managers_manager", fallback=("head",)),
    Role(id="head", name="Chefen", kind="head_of_authority"),
    Role(id="amr", name="AMR", kind="amr"),
    Role(id="night", name="Dagvagten", kind="hr", fallback=("helpline",), fallback_when=("absent", "out_of_hours")),
    Role(id="helpline", name="Krisehjælp", kind="outsider", outside=True),
    Role(id="platform", name="Platformen", kind="outsider", outside=True),
)


def at(days: float = 0, hours: float = 0) -> datetime:
    return DAY0 + timedelta(days=days, hours=hours)


def duty(name: str, **fields: Any) -> Duty:
    """A plain duty that the manager must do, with whatever the test adds."""
    plain: dict[str, Any] = {
        "id": name,
        "phase": "handle",
        "title": name,
        "clauses": ["T1"],
        "owners": {"roles": ["manager"]},
        "modality": "must",
        "kind": "note",
    }
    return Duty.model_validate(plain | fields)


def pack(*duties: Duty, name: str = "test", kind: str = "guideline", **arrays: Any) -> Pack:
    head = Head.model_validate(
        {"id": name, "title": name, "organisation": "Prøveby", "version": "1", "kind": kind}
        | ({"parent": arrays.pop("parent")} if "parent" in arrays else {})
    )
    arrays.setdefault("roles", ROLES if kind == "guideline" else ())
    return Pack.model_validate({"pack": head, "duties": duties, **arrays})


def together(*duties: Duty, **arrays: Any) -> Composed:
    return compose(pack(*duties, **arrays))


def done(duty: str, days: float = 0, outcome: str = "done", by: str = "", choice: tuple[str, ...] = ()) -> Done:
    return Done(duty=duty, at=at(days), outcome=outcome, by_role=by, choice=choice)


def rows(composed: Composed, now: datetime | None = None, **case: Any) -> dict[str, Row]:
    """The plan by duty id; `now` is one hour into day 0 unless said."""
    if "done" in case:
        case["done"] = tuple(case["done"])
    return {row.id: row for row in plan(composed, CaseFacts(**case), now or at(hours=1))}


def say(row: Row) -> str:
    """ "waiting after_duty a b": state, reason and what it refers to."""
    return " ".join(part for part in (row.state.value, row.why.value, *row.refs) if part)
