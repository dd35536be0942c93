"""Everything stored, read again: is each byte what was put there, and does the journal say the same?

Without any key: an object's name is the digest of what lies there. `deep` opens each as well and looks at the content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from vaern.evidence import facts, models, queries, vault
from vaern.evidence.facts import Finding
from vaern.evidence.service.comparing import disagreeing
from vaern.evidence.service.keys import identity_of
from vaern.evidence.vault import keyring
from vaern.journal import service as record

BATCH = 100
# What is younger may be an intake whose row is not written yet.
_YOUNG = timedelta(hours=1)
Progress = Callable[[facts.Check], None]


def check_evidence(
    *, deep: bool = False, resume: bool = False, now: datetime, progress: Progress = lambda check: None
) -> facts.Check:
    """Reads every object, compares it with its name and with the journal, and looks for what is missing or too much.

    With `resume` one that was broken off goes on where it was. `progress` is called after each batch. `Unreachable`
    when the store does not answer: that is no finding.
    """
    row = _begun(deep, resume, now)
    if row.after is None and not row.findings:
        _note(row, list(_keys()))
    while batch := _batch(row):
        _note(row, [found for item in batch for found in _item(item, row)], batch)
        progress(queries.check(row))
    return _finish(row)


def check_all() -> None:
    """The job: goes on with a check that was broken off, or begins one."""
    check_evidence(resume=True, now=timezone.now())


def _begun(deep: bool, resume: bool, now: datetime) -> models.Check:
    open_ = models.Check.objects.filter(finished_at=None, deep=deep).order_by("-started_at")
    if resume and (found := open_.first()):
        return found
    total = models.Item.objects.filter(withdrawn=False).count()
    return models.Check.objects.create(started_at=now, deep=deep, total=total)


def _batch(row: models.Check) -> list[models.Item]:
    items = models.Item.objects.filter(withdrawn=False).select_related("key").order_by("pk")
    return list((items.filter(pk__gt=row.after) if row.after else items)[:BATCH])


def _note(row: models.Check, found: list[Finding], batch: list[models.Item] | None = None) -> None:
    """The place reached and what was found, together: a check that is killed reads one batch twice and loses none."""
    row.findings = [*row.findings, *(finding.said() for finding in found)]
    if batch:
        row.findings = [*row.findings, *(finding.said() for finding in disagreeing(batch))]
        row.after, row.items = batch[-1].pk, row.items + len(batch)
    row.save()


def _kept(row: models.Check) -> Iterator[Finding]:
    """Bundles and their overviews: few beside the evidence, so they are read in one go at the end."""
    for one in models.Kept.objects.select_related("key").order_by("kept_at").iterator(chunk_size=100):
        for finding in _item(one, row):
            yield replace(finding, item="")


def _item(item: models.Item | models.Kept, row: models.Check) -> Iterator[Finding]:
    if item.key and item.key.erased_at:
        return
    place = f"{item.organisation_id}/{item.object}"
    try:
        digest = sha256()
        for chunk in vault.raw(item.organisation_id, item.object):
            digest.update(chunk)
            row.bytes += len(chunk)
        if digest.hexdigest() != item.object:
            yield Finding("changed", place, str(item.pk))
        elif row.deep:
            yield from _opened(item, place)
    except vault.Damaged:
        yield Finding("missing", place, str(item.pk))


def _opened(item: models.Item | models.Kept, place: str) -> Iterator[Finding]:
    try:
        identity = identity_of(item.key) if item.key else None
        for _ in vault.open_(item.organisation_id, item.object, item.sha256, identity):
            pass
    except vault.KeyProblem:
        yield Finding("key", place, str(item.pk))
    except vault.Damaged:
        yield Finding("content", place, str(item.pk))


def _keys() -> Iterator[Finding]:
    """Keys of cases that are not in the folder."""
    for organisation_id in models.Keyring.objects.values_list("organisation_id", flat=True):
        there = set(keyring.case_keys(organisation_id))
        alive = models.Key.objects.filter(organisation_id=organisation_id, erased_at=None)
        for key in alive.values_list("pk", flat=True):
            if key not in there:
                yield Finding("no_key", f"{organisation_id}/cases/{key.hex}.age", "")


def _surplus(now: datetime) -> Iterator[Finding]:
    """What lies there and stands in no row: not even a withdrawn one that waits for the sweep."""
    known = set(models.Item.objects.values_list("organisation_id", "object"))
    known |= set(models.Rendition.objects.values_list("item__organisation_id", "object"))
    known |= set(models.Kept.objects.values_list("organisation_id", "object"))
    for found in vault.listing():
        if found.since < now - _YOUNG and vault.places(found.place) not in known:
            yield Finding("surplus", found.place, "")


def _finish(row: models.Check) -> facts.Check:
    _note(row, [*_surplus(timezone.now()), *_kept(row)])
    row.finished_at = timezone.now()
    with transaction.atomic():
        row.save()
        record.record(
            organisation_id=None,
            act="check_evidence",
            actor_id=None,
            subject="vault",
            payload={"items": row.items, "bytes": row.bytes, "deep": row.deep, "findings": list(row.findings)},
            now=row.finished_at,
        )
    return queries.check(row)


def of_item(item_id: UUID) -> list[Finding]:
    """What a check would find about one item: for whoever wants to know before it is handed out."""
    item = models.Item.objects.select_related("key").get(pk=item_id)
    row = models.Check(deep=True)
    return [*_item(item, row), *disagreeing([item])]
