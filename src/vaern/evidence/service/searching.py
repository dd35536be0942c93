"""Searching the words of a case's evidence. The texts are opened for it, and nothing of them or the word is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vaern.core.refusal import Refused
from vaern.evidence import models, queries
from vaern.evidence.derive.passages import find
from vaern.evidence.facts import Hit, Item, Searched
from vaern.evidence.service.opening import rendered
from vaern.journal import service as journal
from vaern.people.facts import Actor


def search_evidence(*, actor: Actor, case_id: UUID, items: Sequence[Item], word: str, now: datetime) -> Searched:
    """Where the word stands, in the order of the numbers; and the numbers whose text could not be searched. `items` are
    those this person may see.

    The entry says how many texts were opened and which had the word, never the word.
    """
    rows = (
        models.Item.objects.filter(case_id=case_id, pk__in=[one.id for one in items])
        .select_related("key")
        .prefetch_related("renditions")
    )
    texts = [(row, _text(row)) for row in rows.order_by("number")]
    found = [(row, find(word, "\n".join((row.name, row.note, text or "")))) for row, text in texts]
    hits = tuple(Hit(queries.fact(row), passages) for row, passages in found if passages)
    unread = tuple(row.number or 0 for row, text in texts if text is None)
    with transaction.atomic():
        journal.record(
            organisation_id=actor.organisation_id,
            act="search_evidence",
            actor_id=actor.user_id,
            actor_name=actor.name,
            subject=f"case:{case_id}",
            payload={"opened": sum(bool(text) for _, text in texts), "found": [hit.item.number for hit in hits]},
            now=now,
        )
    return Searched(hits, unread)


def _text(row: models.Item) -> str | None:
    """Its words; "" when it has none by its nature; None when there should be some and they cannot be read (yet)."""
    for one in row.renditions.all():
        if one.kind == "text" and one.state != "none":
            try:
                return rendered(row, one).decode("utf-8", "replace") if one.state == "made" else None
            except Refused:
                return None
    return ""
