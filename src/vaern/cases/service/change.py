"""What every change to a case has in common: the row locked, the lists' copy of the plan renewed, one entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from vaern.cases.facts import Planned
from vaern.cases.models import Case, DutyOwner, DutyRow, Fulfilment, Part
from vaern.cases.planning import planned
from vaern.cases.rules import DANISH, POST_BEHIND, SETTLES, in_danger, nearest, next_due
from vaern.guideline.composed import Composed
from vaern.guideline.facts import Row, State
from vaern.guideline.pack import Role
from vaern.journal import service as journal
from vaern.people import queries as people
from vaern.people.facts import Actor

OPEN_STATES = (State.OWED, State.WAITING, State.BLOCKED)


def subject_of(case_id: UUID) -> str:
    return f"case:{case_id}"


def lock(case_id: UUID) -> Case:
    """The case row, locked until the transaction ends: whoever comes second decides on what the first one wrote."""
    found = Case.objects.select_for_update(of=("self",)).select_related("guideline", "organisation", "unit")
    return found.defer("guideline__content").get(pk=case_id)


def record(actor: Actor, case: Case, act: str, payload: dict[str, object], now: datetime) -> None:
    journal.record(
        organisation_id=case.organisation_id,
        act=act,
        actor_id=actor.user_id,
        actor_name=actor.name,
        subject=subject_of(case.pk),
        payload=payload,
        now=now,
    )


def renew(case: Case, now: datetime) -> Planned:
    """Plans anew after a change: brings in whoever now owes something, renews the lists' copy, saves the case."""
    plan = planned(case, now)
    if _bring_owners(case, plan, now):
        plan = planned(case, now)
    shown = [row for row in plan.rows if row.state in OPEN_STATES]
    DutyRow.objects.filter(case=case).delete()
    rows = DutyRow.objects.bulk_create(_copy(case, row, plan) for row in shown)
    DutyOwner.objects.bulk_create(DutyOwner(row=row, case=case, role=kind) for row in rows for kind in row.owners)
    case.next_due_at = next_due(plan.rows)
    case.open_duties = sum(row.state is State.OWED for row in plan.rows)
    case.in_danger = in_danger(case.facts)
    case.version += 1
    case.save()
    return plan


def _copy(case: Case, row: Row, plan: Planned) -> DutyRow:
    kinds = sorted(kinds_of(row.owners, plan.composed.role))
    return DutyRow(
        case=case, duty=row.id, state=row.state, why=row.why, owners=kinds, due=row.due, not_before=row.not_before,
        must_close=row.must_close,
    )  # fmt: skip


def kinds_of(role_ids: Iterable[str], roles: Mapping[str, Role]) -> frozenset[str]:
    """Værn's own kinds behind a guideline's role ids."""
    return frozenset(roles[role].kind for role in role_ids if role in roles)


def _bring_owners(case: Case, plan: Planned, now: datetime) -> bool:
    """Whoever owes a duty must be able to see it: an owner without a part gets one. True when somebody was added."""
    owed = [row for row in plan.rows if row.state is State.OWED]
    kinds = {kind for row in owed for kind in kinds_of(row.owners, plan.composed.role)}
    present = set(Part.objects.filter(case=case, until__isnull=True).values_list("role", flat=True))
    added = [add_holders(case, kind, "owes_a_duty", now) for kind in sorted(kinds - present) if kind in POST_OF]
    return any(added)


POST_OF = {
    "secretariat": "secretariat", "head_of_authority": "head_of_authority", "hr": "hr", "amr": "amr", "tr": "tr",
    "managers_manager": "manager",
}  # fmt: skip
"""Kinds of role that are found by their post. The manager, the affected and the reporter are chosen in the report."""


def add_holders(case: Case, kind: str, reason: str, now: datetime) -> list[int]:
    """Gives whoever holds the post for the case's unit a part in it; the ids of those added. A shop steward never
    without the employee's yes, whatever a guideline lays on them: somebody else then writes it down for them."""
    if kind == "managers_manager":
        return _add_above(case, reason, now)
    if kind == "tr" and case.consents.get("tr_reads") != "yes":
        return []
    today = now.date()
    found = people.holders(organisation_id=case.organisation_id, unit_id=case.unit_id, role=POST_OF[kind], today=today)
    return [person.user_id for person in found if add_part(case, person.user_id, kind, reason, now)]


def _add_above(case: Case, reason: str, now: datetime) -> list[int]:
    managers = Part.objects.filter(case=case, role__in=("manager", "excluded")).order_by("pk")
    first = managers.values_list("user_id", flat=True).first()
    above = people.manager_above(first, case.unit_id, today=now.date()) if first else None
    return [above.user_id] if above and add_part(case, above.user_id, "managers_manager", reason, now) else []


def add_part(case: Case, user_id: int, role: str, reason: str, now: datetime) -> bool:
    """False when the person already has this part, or must not see the case."""
    there = Part.objects.filter(case=case, user_id=user_id, until__isnull=True)
    if there.filter(Q(role=role) | Q(role="excluded")).exists():
        return False
    unit = post_unit(case.unit_id, user_id, role, now)
    Part.objects.create(case=case, user_id=user_id, role=role, post_unit_id=unit, since=now, reason=reason)
    return True


def post_unit(unit_id: int, user_id: int, role: str, now: datetime) -> int | None:
    """Where the post lies that this part comes by, seen from the case's unit. None: she has no such post today, and
    takes part by name."""
    if role not in POST_BEHIND:
        return None
    posts = people.posts_of({user_id}, today=now.astimezone(DANISH).date())
    units = {unit for _, held, unit in posts if held == POST_BEHIND[role]}
    return nearest(units, people.path_up(unit_id)) if units else None


def settle_by_doing(
    case: Case, composed: Composed, duties: Iterable[str], actor: Actor, now: datetime, at: datetime | None = None
) -> None:
    """Settles duties that were done in Værn itself, so that nobody need tick what the system saw happen."""
    Fulfilment.objects.bulk_create(
        Fulfilment(
            case=case, duty=duty, outcome="done", at=at or now, recorded_at=now, by_id=actor.user_id,
            by_role=composed.duty[duty].owners.roles[0], fields={"done_in_vaern": "yes"},
        )
        for duty in duties
    )  # fmt: skip


def settle_owed(case: Case, doing: str, actor: Actor, now: datetime, at: datetime | None = None) -> None:
    """Settles the duties that this has done, when they are owed: the first account does not settle the later. `at` is
    when it happened, when it is written down afterwards."""
    plan = planned(case, now)
    owed = [row.id for row in plan.rows if row.state is State.OWED and plan.composed.duty[row.id].act in SETTLES[doing]]
    settle_by_doing(case, plan.composed, owed, actor, now, at)


def see_case(*, actor: Actor, case: Case, page: str, now: datetime) -> None:
    """Puts on record that somebody opened the case, and which page: the affected employee can read it."""
    with transaction.atomic():
        record(actor, case, "see_case", {"page": page}, now)
