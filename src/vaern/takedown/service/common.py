"""What every act on a watch has in common: its row locked, its case looked at, one entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from vaern.cases import queries as cases
from vaern.core.refusal import Unseen
from vaern.journal import service as journal
from vaern.people.facts import Actor
from vaern.takedown import models


def locked(case_id: UUID, watch_id: UUID) -> models.Watch:
    row = models.Watch.objects.select_for_update().filter(pk=watch_id, case_id=case_id).first()
    if row is None:
        raise Unseen(str(watch_id))
    return row


def case_of(actor: Actor, case_id: UUID) -> Any:
    """The case; its type is not ours to name."""
    case = cases.case_for(actor, case_id)
    if case is None:
        raise Unseen(str(case_id))
    return case


def record(actor: Actor | None, row: models.Watch, act: str, now: datetime, **more: object) -> None:
    """`actor` is None for the server's own looks."""
    journal.record(
        organisation_id=row.organisation_id,
        act=act,
        actor_id=actor.user_id if actor else None,
        actor_name=actor.name if actor else "",
        subject=f"case:{row.case_id}",
        payload={"watch": str(row.pk), "number": row.number, **more},
        now=now,
    )
