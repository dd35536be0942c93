"""What the floor above asks of a draft or a case when a file is handed in. The entry is written up there."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from vaern.cases.planning import planned
from vaern.cases.rules import SETTLES
from vaern.cases.service.change import lock, renew, settle_by_doing
from vaern.cases.service.report import lock_draft
from vaern.core.refusal import Refusal, Refused, Unseen
from vaern.core.text import gettext_noop as _
from vaern.core.workdays import DANISH_TIME
from vaern.guideline.facts import State
from vaern.people.facts import Actor


def hold_draft(*, actor: Actor, draft_id: UUID) -> UUID | None:
    """Locks the draft until the caller's transaction ends: no file can slip in while it is sent. Its case if sent."""
    return lock_draft(actor, draft_id).case_id


def hold_case(*, actor: Actor, case_id: UUID, now: datetime) -> None:
    """Locks the case until the caller's transaction ends, and settles what having evidence settles."""
    case = lock(case_id)
    if case.organisation_id != actor.organisation_id:
        raise Unseen(str(case_id))
    if case.state != "open":
        raise Refused(
            Refusal("case_closed", _("Sagen er afsluttet. Åbn den igen, før du lægger mere på."), field="evidence")
        )
    case.events.setdefault("evidence_secured", now.isoformat())
    plan = planned(case, now)
    owed = [row.id for row in plan.rows if row.state is State.OWED]
    done = [duty for duty in owed if plan.composed.duty[duty].act in SETTLES["evidence"]]
    settle_by_doing(case, plan.composed, done, actor, now)
    renew(case, now)


def hold_for_copy(*, actor: Actor, case_id: UUID) -> None:
    """Locks the case until the caller's transaction ends, so that a copy of its evidence gets a number of its own.

    A copy settles nothing, and may be made when the case is closed.
    """
    if lock(case_id).organisation_id != actor.organisation_id:
        raise Unseen(str(case_id))


def hold_for_erasing(*, actor: Actor, case_id: UUID) -> date | None:
    """Locks the case until the caller's transaction ends; the Danish day it was closed on, None while it is open."""
    case = lock(case_id)
    if case.organisation_id != actor.organisation_id:
        raise Unseen(str(case_id))
    return case.closed_at.astimezone(DANISH_TIME).date() if case.state == "closed" and case.closed_at else None
