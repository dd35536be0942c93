"""The page about a piece of evidence, before anybody asks to be shown it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vaern.evidence.facts import Item
from vaern.journal import service as journal
from vaern.people.facts import Actor


def see(*, actor: Actor, item: Item, now: datetime) -> bytes | None:
    """A blurred picture of at most 2 kB, or none. Even that is an opening, and on record."""
    with transaction.atomic():
        journal.record(
            organisation_id=item.organisation_id,
            act="see_evidence",
            actor_id=actor.user_id,
            actor_name=actor.name,
            subject=f"case:{item.case_id}" if item.case_id else f"draft:{item.draft_id}",
            payload={"item": str(item.id), "sha256": item.sha256, "number": item.number, "name": item.name},
            now=now,
        )
    return item.blurred
