"""A copy with something covered, beside the original: made, and set aside again. The original is never touched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db import transaction

from vaern.cases import service as cases
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import facts, masks, models, pictures, queries, texts
from vaern.evidence.facts import Box, Item
from vaern.evidence.rules import (
    KINDS,
    PHRASES_MAX,
    can_mask,
    check_boxes,
    may_set_aside,
    refuse,
)
from vaern.evidence.service import intake
from vaern.evidence.service.keeping import keeping
from vaern.evidence.service.opening import verified
from vaern.people.facts import Actor

PIXELS_MAX = 60_000_000


def mask_evidence(
    *,
    actor: Actor,
    relations: Collection[str],
    item: Item,
    boxes: Sequence[Box] = (),
    phrases: Iterable[str] = (),
    note: str = "",
    now: datetime,
) -> facts.Item:
    """Puts a copy on the case: a picture without what is in the boxes, or a text without the phrases.

    What the affected employee herself has covered is covered in every later copy, too. `Refused` beside `boxes` or
    `phrases`. On a closed case as well: what is handed out afterwards must be coverable, and nothing else changes.
    """
    if not can_mask(item) or item.case_id is None:
        raise Refused(refuse("mask_of_mask" if item.made_by == "mask" else "no_mask"))
    hers = _her_mask(item)
    made, how = _picture(actor, item, boxes, hers, now) if item.kind.picture else _text(actor, item, phrases, hers, now)
    how = {**masks.tool(), **how, "by_affected": "affected" in relations}
    return _keep(actor, item, made, how, hers, note, now)


def set_mask_aside(*, actor: Actor, relations: Collection[str], item: Item, reason: str, now: datetime) -> None:
    """From now on the masked copy does not stand for its original. It stays on the case, with the reason."""
    with transaction.atomic():
        row = models.Item.objects.select_for_update().filter(pk=item.id, case_id=item.case_id).first()
        if row is None:
            raise Unseen(str(item.id))
        refused = may_set_aside(queries.fact(row), actor_id=actor.user_id, relations=relations, reason=reason)
        if refused:
            raise Refused(refused)
        row.set_aside_at, row.set_aside_reason = now, reason.strip()
        row.save(update_fields=["set_aside_at", "set_aside_reason"])
        intake.record(actor, row, "set_mask_aside", now, of=str(row.derived_from_id))


def _her_mask(item: Item) -> dict[str, Any]:
    """How her newest copy was made; empty when she has covered nothing."""
    rows = models.Item.objects.filter(derived_from_id=item.id, made_by="mask", set_aside_at__isnull=True)
    return next((row.how for row in rows.order_by("-number") if row.how.get("by_affected")), {})


def _picture(
    actor: Actor, item: Item, boxes: Sequence[Box], hers: dict[str, Any], now: datetime
) -> tuple[bytes, dict[str, Any]]:
    if not boxes and not hers:
        raise Refused(replace(refuse("nothing_covered"), field="boxes"))
    if refused := check_boxes(boxes):
        raise Refused(replace(refused, field="boxes"))
    if (item.width or 0) * (item.height or 0) > PIXELS_MAX:
        raise Refused(refuse("too_large_to_mask"))
    every = list(dict.fromkeys([*boxes, *(Box(*sides) for sides in hers.get("boxes", ()))]))
    with verified(actor, item, now) as file:
        made = masks.cover_picture(file, item.kind, every)
    return made, {"boxes": [[box.left, box.top, box.width, box.height] for box in every]}


def _text(
    actor: Actor, item: Item, phrases: Iterable[str], hers: dict[str, Any], now: datetime
) -> tuple[bytes, dict[str, Any]]:
    with verified(actor, item, now) as file:
        found = texts.whole(file, item.kind)
    if found is None:
        raise Refused(refuse("text_too_long"))
    text = masks.plain(found)
    words = sorted({*hers.get("words", ()), *_words(text, phrases)})
    if not words:
        raise Refused(replace(refuse("nothing_covered"), field="phrases"))
    return masks.cover_text(text, words).encode(), {"words": words}


def _words(text: str, phrases: Iterable[str]) -> set[int]:
    """Only the places are kept, never the words: the record goes further than the text does."""
    wanted = [phrase.strip() for phrase in phrases if phrase.strip()]
    if len(wanted) > PHRASES_MAX:
        raise Refused(replace(refuse("too_much_covered", most=str(PHRASES_MAX)), field="phrases"))
    found = {phrase: masks.find_words(text, phrase) for phrase in wanted}
    missing = [replace(refuse("not_in_text", phrase=one), field="phrases") for one, at in found.items() if not at]
    if missing:
        raise Refused(*missing)
    return {word for places in found.values() for word in places}


def _keep(
    actor: Actor, item: Item, made: bytes, how: dict[str, Any], hers: dict[str, Any], note: str, now: datetime
) -> facts.Item:
    """The bytes first, the row after, as for anything that is taken in."""
    assert item.case_id is not None
    kind = KINDS["png" if item.kind.picture else "txt"]
    judged = pictures.judge(BytesIO(made), kind, item.name, intake.limits()) if kind.picture else facts.Judged(kind)
    if not isinstance(judged, facts.Judged):
        raise Refused(judged)
    with (
        keeping(item.organisation_id, [made], item.name, case_id=item.case_id, now=now) as kept,
        transaction.atomic(),
    ):
        cases.hold_for_copy(actor=actor, case_id=item.case_id)
        if _her_mask(item) != hers:
            raise Refused(refuse("masked_meanwhile"))
        row = intake.new_row(actor, judged, kept, f"bevis-{item.number}-maskeret{kind.extension}", note, now)
        row.case_id, row.derived_from_id, row.made_by, row.how = item.case_id, item.id, "mask", how
        intake.refuse_twice(models.Item.objects.filter(case_id=item.case_id), row, "mask_here")
        row.number = intake.next_number(item.case_id)
        row.save(force_insert=True)
        intake.record(actor, row, "mask_evidence", now, of=str(item.id))
    return queries.fact(row)
