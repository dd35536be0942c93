"""What every act on a handover has in common: the row locked, its case looked at, one entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from vaern.cases import queries as cases
from vaern.core.refusal import Unseen
from vaern.handover import models
from vaern.handover.channels import CHANNELS
from vaern.handover.facts import Channel
from vaern.journal import service as journal
from vaern.people.facts import Actor


def locked(case_id: UUID, handover_id: UUID) -> models.Handover:
    row = models.Handover.objects.select_for_update().filter(pk=handover_id, case_id=case_id).first()
    if row is None:
        raise Unseen(str(handover_id))
    return row


def case_of(actor: Actor, case_id: UUID) -> Any:
    """The case; its type is not ours to name."""
    case = cases.case_for(actor, case_id)
    if case is None:
        raise Unseen(str(case_id))
    return case


def channel_of(row: models.Handover) -> Channel:
    """A channel that was taken out of the program is `Unseen`: its row stays, and nobody can write in it."""
    if row.channel not in CHANNELS:
        raise Unseen(row.channel)
    return CHANNELS[row.channel]


def record(actor: Actor, row: models.Handover, act: str, now: datetime, **more: object) -> None:
    about = {"handover": str(row.pk), "number": row.number, "channel": row.channel, "version": row.version}
    journal.record(
        organisation_id=row.organisation_id,
        act=act,
        actor_id=actor.user_id,
        actor_name=actor.name,
        subject=f"case:{row.case_id}",
        payload={**about, **more},
        now=now,
    )
