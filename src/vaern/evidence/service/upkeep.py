"""Files that no item stands behind: what a crash, a withdrawal or a discarded draft left in the vault."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vaern.evidence import models, vault
from vaern.evidence.facts import Orphan
from vaern.journal import service as journal


def sweep(*, older_than: timedelta | None, now: datetime) -> list[Orphan]:
    """Lists the orphans; with `older_than` deletes those at least that old, and lists only what was deleted.

    A file being taken in right now has no row yet, so the age must be longer than any upload. What is about to be
    deleted is put on record first: after a crash in between, the next sweep finds it again.
    """
    kept = set(models.Item.objects.filter(withdrawn=False).values_list("organisation_id", "sha256"))
    orphans = [found for organisation, digest, found in vault.listing() if (organisation, digest) not in kept]
    if older_than is None:
        return orphans
    limit = now - older_than
    due = [orphan for orphan in orphans if orphan.since < limit]
    if due:
        with transaction.atomic():
            journal.record(
                organisation_id=None,
                act="sweep_evidence",
                actor_id=None,
                subject="vault",
                payload={"places": [orphan.place for orphan in due]},
                now=now,
            )
    return [orphan for orphan in due if vault.remove(orphan, older_than=limit)]
