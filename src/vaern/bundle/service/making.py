"""Making a bundle, in a worker. The row says how far it is; a job that is lost or run twice does no harm."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from vaern.bundle import contents, models, packing, rules
from vaern.bundle.contents import Gathered
from vaern.bundle.facts import About, Included, Stamp
from vaern.bundle.service.overview import NotRendered, drawn, readmes
from vaern.core.refusal import Refused
from vaern.evidence import queries as evidence_queries
from vaern.evidence import service as evidence
from vaern.evidence.facts import Exported, Item, Kept, Provenance
from vaern.jobs import service as jobs
from vaern.journal import queries as journal_queries
from vaern.journal import rules as journal_rules
from vaern.journal import service as journal
from vaern.journal.facts import Entry
from vaern.people import queries as people
from vaern.people.facts import Actor
from vaern.stamps import queries as stamps

log = logging.getLogger(__name__)
TRIES = 3
STUCK = timedelta(hours=2)
"""Longer than any bundle takes: a worker that began it then is gone."""


def make_waiting() -> None:
    """The scheduled one: asks again for whatever was asked for and is not being made, or was begun and never ended."""
    for row in models.Bundle.objects.filter(_waiting(timezone.now())):
        jobs.enqueue("make_bundle", bundle=str(row.pk))


def make_asked(bundle: str) -> None:
    """Makes one bundle, unless another worker does or has. A fault is tried again; what will not mend is said."""
    now = timezone.now()
    claimed = models.Bundle.objects.filter(_waiting(now), pk=UUID(bundle))
    if not claimed.update(state="making", started_at=now, tries=F("tries") + 1):
        return
    row = models.Bundle.objects.select_related("asked_by").get(pk=UUID(bundle))
    try:
        _make(row, now)
    except (Refused, NotRendered) as why:
        code = "overview" if isinstance(why, NotRendered) else why.refusal.code
        _failed(row, code if code in rules.PROBLEMS else "fault")
    except Exception:
        if row.tries >= TRIES:
            _failed(row, "fault")
        else:
            models.Bundle.objects.filter(pk=row.pk, state="making").update(state="asked")
        raise


def _waiting(now: datetime) -> Q:
    return Q(state="asked") | Q(state="making", started_at__lt=now - STUCK)


def _make(row: models.Bundle, now: datetime) -> None:
    """First the entries that say the items leave, so that the bundle holds them, too; then everything is read as it was
    at that entry."""
    actor = _actor(row)
    everything = evidence_queries.items_of_case(row.case_id)
    items = _going_out(row, everything)
    exported = evidence.export(actor=actor, items=items, bundle=row.pk, now=now)
    row.until = journal_queries.end_of(row.organisation_id)
    found = gathered(row, everything, items, exported)
    pdf = drawn(found, {item.id: exported[item.id].picture for item in items})
    overview = _keep(row, "overview", iter([pdf]), now)
    kept = _keep(row, "bundle", packed(found, pdf), now)
    _finish(actor, row, overview, kept)


def gathered(
    row: models.Bundle, everything: list[Item], items: list[Item], exported: Mapping[UUID, Exported]
) -> Gathered:
    about = about_of(row)
    numbers = {item.id: item.number for item in everything}
    found = rules.slice_of(about, _proof(row), [item.id for item in items])
    given = tuple(_included(row, item, exported[item.id], numbers) for item in items)
    return Gathered(about, given, tuple(_stamps(row, items, found)), found)


def packed(found: Gathered, pdf: bytes) -> Iterator[bytes]:
    """The ZIP. The same rows and the same overview make the same bytes."""
    parts = contents.parts_of(found, overview=pdf, readmes=readmes(found))
    return packing.zipped(rules.root_of(found.about), parts)


def _actor(row: models.Bundle) -> Actor:
    """Who asked: the entries about what leaves are theirs, not the machine's."""
    return Actor(row.asked_by_id, row.asked_by.name, row.organisation_id, "da", ())


def _going_out(row: models.Bundle, everything: list[Item]) -> list[Item]:
    """What goes out for what was asked for, by the rule of masks as it is now: a copy that was covered since then goes
    instead of its original. What must not go out any more stops the whole."""
    going = rules.going_out(everything, {UUID(one) for one in row.items}, {UUID(one) for one in row.originals})
    if len(going) != len(row.items):
        raise Refused(rules.refuse("held_back", "items"))
    return going


def _proof(row: models.Bundle) -> Iterator[Entry | str]:
    assert row.until is not None
    subjects = evidence_queries.subjects_of(row.case_id)
    return journal_queries.proof_of(row.organisation_id, subjects, until=row.until)


def about_of(row: models.Bundle) -> About:
    home = people.organisation(row.organisation_id)
    assert home is not None
    return About(
        bundle=row.pk,
        number=row.number,
        case=row.case_label,
        organisation=home.name,
        chain=journal_rules.chain_of(row.organisation_id),
        purpose=row.purpose,
        recipient=row.recipient,
        asked_by=row.asked_by.name,
        asked_at=row.asked_at,
        why_originals=row.why_originals,
    )


def _included(row: models.Bundle, item: Item, exported: Exported, numbers: dict[UUID, int | None]) -> Included:
    assert item.number is not None
    said, found = rules.known_of(item, _provenance(row, rules.stands_for(item)))
    return Included(
        id=item.id,
        number=item.number,
        name=item.name,
        kind=item.kind.id,
        mime=item.kind.mime,
        extension=item.kind.extension,
        size=item.size,
        sha256=item.sha256,
        note=item.note,
        added_at=item.added_at,
        chunks=exported.chunks,
        made_by=item.made_by,
        made_of=numbers.get(item.derived_from) if item.derived_from else None,
        said=said,
        found=found,
    )


def _provenance(row: models.Bundle, item_id: UUID) -> Provenance:
    """What was known of an item when the bundle was begun."""
    told = evidence_queries.provenance(item_id)
    return next((one for one in told if one.at is None or (row.started_at and one.at <= row.started_at)), told[-1])


def _stamps(row: models.Bundle, items: list[Item], found: rules.Slice) -> Iterator[Stamp]:
    """Those of the items, and those of the journal that lie inside the slice, as they were when it was begun."""
    first, last = int(str(found.told["first"])), int(str(found.told["last"]))
    ends = reversed(stamps.stamps_of_chain(row.organisation_id, str(found.told["chain"])))
    for one in (*stamps.stamps_of_items([item.id for item in items]), *ends):
        inside = one.due.seq is None or first <= one.due.seq <= last
        if inside and row.started_at and one.made_at <= row.started_at:
            yield Stamp(one.authority, one.gen_time, one.response, one.roots, one.due.item_id, one.due.seq)


def _keep(row: models.Bundle, what: str, chunks: Iterator[bytes], now: datetime) -> Kept:
    return evidence.keep(organisation_id=row.organisation_id, case_id=row.case_id, what=what, chunks=chunks, now=now)


def _finish(actor: Actor, row: models.Bundle, overview: Kept, kept: Kept) -> None:
    """The digest of the ZIP goes into the journal: whoever is handed a bundle can ask whether it is this one."""
    with transaction.atomic():
        done = models.Bundle.objects.filter(pk=row.pk, state="making", started_at=row.started_at).update(
            state="ready", until=row.until, overview=overview.id, zip=kept.id, sha256=kept.sha256, size=kept.size,
            made_at=timezone.now(), problem="",
        )  # fmt: skip
        if done:
            _record(actor, row, "bundle_made", {"sha256": kept.sha256, "size": kept.size})


def _failed(row: models.Bundle, code: str) -> None:
    with transaction.atomic():
        mine = models.Bundle.objects.filter(pk=row.pk, state="making", started_at=row.started_at)
        if mine.update(state="failed", problem=code):
            _record(_actor(row), row, "bundle_failed", {"problem": code})


def _record(actor: Actor, row: models.Bundle, act: str, more: dict[str, object]) -> None:
    journal.record(
        organisation_id=row.organisation_id,
        act=act,
        actor_id=actor.user_id,
        actor_name=actor.name,
        subject=f"case:{row.case_id}",
        payload={"bundle": str(row.pk), "number": row.number, **more},
        now=timezone.now(),
    )
