"""Keys of the evidence: one per organisation, made by a person at the keyboard, and one per draft or case below it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from vaern.evidence import models
from vaern.evidence.vault import KeyErased, KeyProblem, keyring
from vaern.journal import service as journal
from vaern.people import queries as people


def create_key(*, organisation_id: int, now: datetime) -> Path:
    """Makes the organisation's key, once; the file it lies in. A file that is there already is taken as the key.

    `KeyProblem` where evidence is sealed with a key that is not there: a new one would open none of it.
    """
    if ring := _ring(organisation_id):
        _insist(ring)
        return keyring.file_of(organisation_id)
    recipient = keyring.make(organisation_id)
    with transaction.atomic():
        _, made = models.Keyring.objects.get_or_create(
            organisation_id=organisation_id, defaults={"recipient": recipient, "since": now}
        )
        if made:
            _record(organisation_id, "create_key", {"recipient": recipient}, now)
    return keyring.file_of(organisation_id)


def rotate_key(*, organisation_id: int, now: datetime) -> tuple[int, Path | None]:
    """A new key for the organisation, and every case key sealed for it. How many were, and where the old key lies now.

    Broken off at any point, it can be begun again: until the end both keys are there and both open.
    """
    ring = _ring(organisation_id)
    if ring is None:
        raise KeyProblem("The organisation has no key yet: vaern evidence create_key.")
    _insist(ring)
    if ring.recipient == keyring.publics(organisation_id)[0]:
        # Otherwise an earlier rotation got as far as the database, and only the swap of the files is missing.
        keyring.make(organisation_id, keyring.NEXT)
    done = keyring.rewrap(organisation_id)
    recipient = keyring.publics(organisation_id)[-1]
    with transaction.atomic():
        changed = models.Keyring.objects.filter(organisation_id=organisation_id).exclude(recipient=recipient)
        if changed.update(recipient=recipient, since=now):
            _record(organisation_id, "rotate_key", {"recipient": recipient, "cases": done}, now)
    return done, keyring.retire(organisation_id)


def key_problems() -> Iterator[str]:
    """What keeps the house from starting: each organisation whose evidence could not be read, and the file at fault."""
    rings = {ring.organisation_id: ring for ring in models.Keyring.objects.all()}
    for organisation in people.organisations():
        try:
            if organisation.id not in rings:
                path = keyring.file_of(organisation.id)
                raise KeyProblem(f"There is no key: {path}. Make one: vaern evidence create_key {organisation.slug}.")
            _insist(rings[organisation.id])
            last = models.Key.objects.filter(organisation_id=organisation.id, erased_at=None).order_by("-made_at")
            if key := last.first():
                identity_of(key)
        except KeyProblem as problem:
            yield f"{organisation.name}: {problem}"


def key_for(organisation_id: int, *, draft_id: UUID | None, case_id: UUID | None, now: datetime) -> models.Key:
    """The key of a draft or a case, made when it is the first file there. The secret half is safe on disk before the
    row is: a crash in between leaves a key for nothing, never evidence without a key."""
    there = models.Key.objects.filter(organisation_id=organisation_id)
    there = there.filter(case_id=case_id) if case_id else there.filter(draft_id=draft_id)
    found = there.first()
    if found is None:
        made = models.Key(id=uuid4(), organisation_id=organisation_id, case_id=case_id, draft_id=draft_id, made_at=now)
        made.recipient = keyring.make_case_key(organisation_id, made.pk)
        models.Key.objects.bulk_create([made], ignore_conflicts=True)
        found = there.get()
        if found.pk != made.pk:
            keyring.forget(organisation_id, made.pk)
    if found.erased_at:
        raise KeyErased("The key of this case is erased.")
    return found


def identity_of(key: models.Key) -> Any:
    """What opens the evidence of a case. `KeyProblem` also when the file holds another key than the row says."""
    identity = keyring.case_identity(key.organisation_id, key.pk)
    if str(identity.to_public()) != key.recipient:
        raise KeyProblem(f"The key file {key.pk.hex}.age holds the key of another case.")
    return identity


def inherit_key(*, draft_id: UUID, case_id: UUID) -> None:
    """A sent draft's key becomes the case's. Inside the sender's transaction."""
    models.Key.objects.filter(draft_id=draft_id, case_id=None).update(case_id=case_id)


def erase_draft_key(*, draft_id: UUID, now: datetime) -> None:
    """A draft that is thrown away: nobody shall read it from a backup either. Inside the caller's transaction."""
    models.Key.objects.filter(draft_id=draft_id, case_id=None).update(erased_at=now)


def _ring(organisation_id: int) -> models.Keyring | None:
    return models.Keyring.objects.filter(organisation_id=organisation_id).first()


def _insist(ring: models.Keyring) -> None:
    if ring.recipient not in keyring.publics(ring.organisation_id):
        path = keyring.file_of(ring.organisation_id)
        raise KeyProblem(
            f"{path} is another key than the evidence is sealed with; that one begins {ring.recipient[:12]}."
        )


def _record(organisation_id: int, act: str, payload: dict[str, object], now: datetime) -> None:
    journal.record(
        organisation_id=organisation_id,
        act=act,
        actor_id=None,
        subject=f"organisation:{organisation_id}",
        payload=payload,
        now=now,
    )
