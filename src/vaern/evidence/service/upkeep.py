"""What no item stands behind: left in the vault or among the keys by a crash, a withdrawal or a discarded draft."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vaern.evidence import models, vault
from vaern.evidence.facts import Orphan
from vaern.evidence.vault import keyring
from vaern.journal import service as journal

_KEY = "key:"


def sweep(*, older_than: timedelta | None, now: datetime) -> list[Orphan]:
    """Lists the orphans; with `older_than` deletes those at least that old, and lists only what was deleted.

    An object being taken in right now has no row yet, so the age must be longer than any upload. What is about to be
    deleted is put on record first: after a crash in between, the next sweep finds it again.
    """
    orphans = list(_orphans())
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
    return [orphan for orphan in due if _remove(orphan, limit)]


def sweep_evidence() -> None:
    """The job: what is at least a day old and belongs to nothing."""
    sweep(older_than=timedelta(hours=24), now=timezone.now())


def _orphans() -> Iterator[Orphan]:
    kept = set(models.Item.objects.filter(withdrawn=False).values_list("organisation_id", "object"))
    made = models.Rendition.objects.filter(item__withdrawn=False).exclude(object="")
    kept |= set(made.values_list("item__organisation_id", "object"))
    kept |= set(models.Kept.objects.values_list("organisation_id", "object"))
    for found in vault.listing():
        named = vault.places(found.place)
        # What has no name of ours is for the check to report; nothing unknown is deleted.
        if named not in kept if named else found.place.startswith("incoming/"):
            yield found
    yield from _uploads()
    yield from _keys()


def _uploads() -> Iterator[Orphan]:
    """What the server was receiving when it was killed: it lies there in clear."""
    for path in sorted(Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*")):
        about = path.stat()
        yield Orphan(str(path), about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))


def _keys() -> Iterator[Orphan]:
    """Key files for nothing: made just before a crash, or erased in the database and not yet in the folder."""
    alive = set(models.Key.objects.filter(erased_at=None).values_list("organisation_id", "pk"))
    for organisation_id in models.Keyring.objects.values_list("organisation_id", flat=True):
        for key, since in keyring.case_keys(organisation_id).items():
            if (organisation_id, key) not in alive:
                yield Orphan(f"{_KEY}{organisation_id}/{key}", 0, since)


def _remove(orphan: Orphan, limit: datetime) -> bool:
    if orphan.place.startswith(_KEY):
        organisation_id, key = orphan.place.removeprefix(_KEY).split("/")
        return keyring.forget(int(organisation_id), UUID(key))
    if orphan.place.startswith("/"):
        Path(orphan.place).unlink(missing_ok=True)
        return True
    return vault.remove(orphan, older_than=limit)
