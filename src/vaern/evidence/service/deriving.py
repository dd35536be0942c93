"""Thumbnails, stills and searchable texts: made in the background, shut in, and kept under the item's own key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from vaern.core.refusal import Refused
from vaern.evidence import models, queries, vault
from vaern.evidence.derive import making, plan, sandbox
from vaern.evidence.facts import Item
from vaern.evidence.service.keys import key_for
from vaern.evidence.service.opening import lent, record_use
from vaern.jobs import service as jobs

_AT_ONCE = 200


def derive_evidence() -> None:
    """Asks for what is missing: items that came while no worker ran, and what may be tried again. Scheduled."""
    now = timezone.now()
    fresh = models.Item.objects.filter(withdrawn=False, renditions=None, kind__in=list(plan.WANTED))
    due = list(fresh.order_by("added_at").values_list("pk", flat=True)[:_AT_ONCE])
    undone = models.Rendition.objects.filter(state__in=["waiting", "making"], item__withdrawn=False)
    due += [
        row.item_id
        for row in undone.order_by("changed_at")[:_AT_ONCE]
        if plan.may_try(row.state, row.reason, row.changed_at, now)
    ]
    for item in dict.fromkeys(due):
        derive_item(item=str(item))


def ask_to_derive(row: models.Item) -> None:
    """Inside the transaction that takes the item in: it says "waiting" from its first moment."""
    kinds = plan.wanted(row.kind)
    if kinds:
        _rows(row.pk, kinds, row.added_at)
        jobs.enqueue("derive_item", item=str(row.pk))


def derive_item(*, item: str) -> None:
    """Makes what is still to be made of one item. Two at once do not do the same twice."""
    row = models.Item.objects.filter(pk=UUID(item), withdrawn=False).first()
    if row is None:
        return
    now = timezone.now()
    _rows(row.pk, plan.wanted(row.kind), now)
    claimed = [one for one in row.renditions.order_by("-kind") if _claim(one, now)]
    if not claimed:
        return
    fact = queries.fact(row)
    if code := _not_now(row):
        _end(claimed, code, now)
        return
    try:
        with lent(fact, now) as file:
            record_use(None, fact, "derive_evidence", now)
            for one in claimed:
                _make(one, row, fact, file, now)
    except Refused as refused:
        kept_from = refused.refusal.code in {"unreachable", "no_key"}
        _end(claimed, "unreadable" if kept_from else "damaged", now)


def _rows(item: UUID, kinds: Iterable[str], now: datetime) -> None:
    rows = [models.Rendition(item_id=item, kind=kind, changed_at=now) for kind in kinds]
    models.Rendition.objects.bulk_create(rows, ignore_conflicts=True)


def _claim(row: models.Rendition, now: datetime) -> bool:
    """Compare and set. One whose worker was killed too often is given up: something in it kills workers."""
    if not plan.may_try(row.state, row.reason, row.changed_at, now):
        return False
    same = models.Rendition.objects.filter(pk=row.pk, state=row.state, changed_at=row.changed_at)
    if row.state == "making" and row.tries >= plan.TRIES:
        same.update(state="failed", reason="gave_up", changed_at=now)
        return False
    row.tries += 1
    return bool(same.update(state="making", reason="", changed_at=now, tries=F("tries") + 1))


def _not_now(row: models.Item) -> str:
    if models.Scan.objects.filter(item=row, state="found").exists():
        return "infected"
    return "" if sandbox.works() else "no_jail"


def _make(one: models.Rendition, row: models.Item, item: Item, file: IO[bytes], now: datetime) -> None:
    try:
        made = making.make(one.kind, row.kind, file, settings.PIXELS_MAX)
    except sandbox.NotRun as fault:
        _end([one], fault.code, now)
        return
    if not made.data:
        _end([one], "nothing", now)
        return
    try:
        key = row.key or key_for(row.organisation_id, draft_id=row.draft_id, case_id=row.case_id, now=now)
        stored = vault.put(row.organisation_id, key.recipient, [made.data])
    except (vault.NotKept, vault.KeyProblem):
        _end([one], "not_kept", now)
        return
    with transaction.atomic():
        kept = _still_ours(one, now).update(
            state="made", reason="", changed_at=timezone.now(), made_by=made.tool[:120], look=made.look,
            sha256=stored.sha256, object=stored.object,
        )  # fmt: skip
        if made.blurred:
            models.Item.objects.filter(pk=row.pk, blurred=None).update(blurred=made.blurred)
    if not kept:
        vault.discard(row.organisation_id, stored.object)


def _end(rows: Iterable[models.Rendition], code: str, now: datetime) -> None:
    for row in rows:
        state, reason = plan.after(code, row.tries)
        _still_ours(row, now).update(state=state, reason=reason, changed_at=timezone.now())


def _still_ours(row: models.Rendition, now: datetime) -> QuerySet[models.Rendition]:
    return models.Rendition.objects.filter(pk=row.pk, state="making", changed_at=now)
