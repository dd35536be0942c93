"""Evidence on its way in: onto a draft, onto a case, and from the draft to the case when the report is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet

from vaern.cases import service as cases
from vaern.core.refusal import Refusal, Refused, Unseen
from vaern.evidence import facts, kinds, models, queries, reader, vault
from vaern.evidence.facts import Judged, Limits, Made, Upload
from vaern.evidence.provenance import check_said
from vaern.evidence.rules import ALREADY_ON_CASE, KINDS, MADE_ONLY, check_count, check_size, clean_name, refuse
from vaern.evidence.service.deriving import ask_to_derive
from vaern.evidence.service.description import NOTHING_SAID, begin_provenance
from vaern.evidence.service.keeping import Kept, keeping
from vaern.evidence.service.keys import erase_draft_key, inherit_key
from vaern.evidence.service.scanning import ask_to_scan
from vaern.journal import service as journal
from vaern.people.facts import Actor


def take_in(
    *,
    actor: Actor,
    upload: Upload,
    draft_id: UUID | None = None,
    case_id: UUID | None = None,
    note: str = "",
    said: facts.Said = NOTHING_SAID,
    made: Made | None = None,
    now: datetime,
) -> facts.Item:
    """Judges a file, keeps its bytes and puts it on a draft or a case (one of the two). `Refused` names the file.

    The sealed bytes are safe before the row is written: a crash in between leaves an object for the sweep, never a row
    without its object.
    """
    if (draft_id is None) == (case_id is None):
        raise ValueError("evidence belongs on a draft or on a case")
    name = clean_name(upload.name or "")
    judged = _judge(upload, made)
    if isinstance(judged, Refusal):
        raise Refused(judged)
    if wrong := check_said(said, now):
        raise Refused(*wrong)
    found = reader.read(upload, judged.kind)
    with (
        keeping(_organisation(actor), _chunks(upload), name, draft_id=draft_id, case_id=case_id, now=now) as kept,
        transaction.atomic(),
    ):
        row = new_row(actor, judged, kept, name, note, now)
        row.draft_id, row.case_id = draft_id, case_id
        if made:
            row.made_by, row.how, row.derived_from_id = made.by, made.how, made.derived_from
        _make_room(actor, row)
        row.save(force_insert=True)
        known = begin_provenance(row, actor, said, found)
        ask_to_derive(row)
        ask_to_scan(row)
        record(actor, row, "take_in_evidence", now, provenance=known)
    return queries.fact(row)


def _judge(upload: Upload, made: Made | None) -> Judged | Refusal:
    """What somebody hands in is judged by its content; of what only we make, its size is all there is to ask."""
    if made is None or made.kind not in MADE_ONLY:
        return kinds.judge(upload, limits())
    return check_size(clean_name(upload.name or ""), upload.size or 0, limits()) or Judged(KINDS[made.kind])


def judge(upload: Upload) -> Refusal | None:
    """What would be said of a file if it were handed in; None when it would be taken."""
    found = kinds.judge(upload, limits())
    return found if isinstance(found, Refusal) else None


def send_report(*, actor: Actor, draft_id: UUID, now: datetime) -> Any:
    """Opens the case from the draft and moves its files there: all or nothing. Sending twice gives the same case.

    What `cases.service.send_report` gives, handed on: its type is not ours to name.
    """
    with transaction.atomic():
        already = cases.hold_draft(actor=actor, draft_id=draft_id)
        digests = list(_on_draft(draft_id).order_by("position").values_list("sha256", flat=True))
        case = cases.send_report(actor=actor, draft_id=draft_id, evidence=digests, now=now)
        if already is None:
            assign(draft_id=draft_id, case_id=case.pk)
    return case


def discard_report(*, actor: Actor, draft_id: UUID, now: datetime) -> None:
    """Throws the draft, its files and their key away; what lies on disk goes with the next sweep."""
    with transaction.atomic():
        cases.discard_report(actor=actor, draft_id=draft_id, now=now)
        _on_draft(draft_id).update(withdrawn=True)
        erase_draft_key(draft_id=draft_id, now=now)


def assign(*, draft_id: UUID, case_id: UUID) -> int:
    """Numbers a draft's items and puts them on the case it became; how many. Inside the sender's transaction.

    No entry of its own: the case's `send_report` entry lists the digests.
    """
    inherit_key(draft_id=draft_id, case_id=case_id)
    rows = list(_on_draft(draft_id).order_by("position"))
    for number, row in enumerate(rows, start=next_number(case_id)):
        row.case_id, row.number = case_id, number
    return models.Item.objects.bulk_update(rows, ["case_id", "number"])


def withdraw_from_draft(*, actor: Actor, draft_id: UUID, item_id: UUID, now: datetime) -> None:
    """Takes a file off a draft before it is sent. On a case nothing is withdrawn."""
    with transaction.atomic():
        if cases.hold_draft(actor=actor, draft_id=draft_id):
            raise Refused(refuse("already_sent"))
        row = _on_draft(draft_id).filter(pk=item_id).first()
        if row is None:
            raise Unseen(str(item_id))
        models.Item.objects.filter(pk=item_id).update(withdrawn=True)
        record(actor, row, "withdraw_evidence", now)


def limits() -> Limits:
    return Limits(settings.FILE_MAX, settings.PIXELS_MAX, settings.REPORT_MAX_FILES)


def _make_room(actor: Actor, row: models.Item) -> None:
    """Locks where the file goes, refuses what may not go there, and gives it its number or position."""
    if row.case_id is not None:
        cases.hold_case(actor=actor, case_id=row.case_id, now=row.added_at)
        refuse_twice(models.Item.objects.filter(case_id=row.case_id), row)
        row.number = next_number(row.case_id)
        return
    assert row.draft_id is not None
    if cases.hold_draft(actor=actor, draft_id=row.draft_id):
        raise Refused(refuse("already_sent", row.name))
    there = _on_draft(row.draft_id)
    refuse_twice(there, row)
    if refused := check_count(row.name, there.count(), limits()):
        raise Refused(refused)
    row.position = (there.aggregate(last=Max("position"))["last"] or 0) + 1


def refuse_twice(there: QuerySet[models.Item], row: models.Item, code: str = "already_here") -> None:
    same = there.filter(sha256=row.sha256, set_aside_at__isnull=True).first()
    if same and same.number and code == "already_here":
        raise Refused(replace(refuse(code, row.name), message=ALREADY_ON_CASE, params=_which(row, same)))
    if same:
        raise Refused(refuse(code, row.name))


def _which(row: models.Item, same: models.Item) -> dict[str, str]:
    return {"name": row.name, "number": str(same.number)}


def _on_draft(draft_id: UUID) -> QuerySet[models.Item]:
    return models.Item.objects.filter(draft_id=draft_id, case_id__isnull=True, withdrawn=False)


def next_number(case_id: UUID) -> int:
    """The case row is locked by whoever asks, so no two get the same."""
    return (models.Item.objects.filter(case_id=case_id).aggregate(last=Max("number"))["last"] or 0) + 1


def new_row(actor: Actor, judged: Judged, kept: Kept, name: str, note: str, now: datetime) -> models.Item:
    return models.Item(
        id=uuid4(),
        organisation_id=_organisation(actor),
        added_by_id=actor.user_id,
        added_at=now,
        taken_at=judged.taken_at,
        sha256=kept.stored.sha256,
        object=kept.stored.object,
        key=kept.key,
        size=kept.stored.size,
        kind=judged.kind.id,
        mime=judged.kind.mime,
        name=name,
        note=note.strip(),
        blurred=judged.blurred,
        width=judged.width,
        height=judged.height,
    )


def record(actor: Actor, row: models.Item, act: str, now: datetime, **more: object) -> None:
    about = {
        "item": str(row.pk), "sha256": row.sha256, "object": row.object, "key": str(row.key_id), "size": row.size,
        "kind": row.kind, "name": row.name,
    }  # fmt: skip
    journal.record(
        organisation_id=row.organisation_id,
        act=act,
        actor_id=actor.user_id,
        actor_name=actor.name,
        subject=f"case:{row.case_id}" if row.case_id else f"draft:{row.draft_id}",
        payload={**about, "number": row.number, **more},
        now=now,
    )


def _organisation(actor: Actor) -> int:
    if actor.organisation_id is None:
        raise Unseen("no organisation")
    return actor.organisation_id


def _chunks(upload: Upload) -> Iterator[bytes]:
    upload.seek(0)
    while chunk := upload.read(vault.CHUNK):
        yield chunk
