"""Evidence on its way out. Each opening is on record, with the person's name, before a byte leaves."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.db import transaction

from vaern.core.refusal import Refused
from vaern.evidence import masks, models, pictures, texts, vault
from vaern.evidence.facts import Download, Item
from vaern.evidence.rules import MASKABLE, filename, refuse
from vaern.evidence.service.keys import identity_of
from vaern.journal import service as journal
from vaern.people.facts import Actor

_IN_MEMORY = 1024 * 1024
_log = logging.getLogger(__name__)


def preview(*, actor: Actor, item: Item, now: datetime) -> bytes:
    """A picture as a JPEG made anew, at most 1600 pixels a side. `Refused` for a kind that is no picture."""
    if not item.kind.picture:
        raise Refused(refuse("no_preview", item.name))
    with verified(actor, item, now) as file:
        shown = pictures.preview(file, item.kind)
    _record(actor, item, "preview_evidence", now)
    return shown


def excerpt(*, actor: Actor, item: Item, now: datetime) -> str:
    """The first 2,000 characters of a text or a mail, as text only; "" for kinds that have none to show."""
    if item.kind.id not in {"txt", "eml"}:
        return ""
    with verified(actor, item, now) as file:
        text = texts.excerpt(file, item.kind)
    _record(actor, item, "read_evidence", now)
    return text


def whole_text(*, actor: Actor, item: Item, now: datetime) -> str:
    """All the words of a text or a mail, as they are masked. `Refused` when there is more than a page can hold."""
    with verified(actor, item, now) as file:
        text = texts.whole(file, item.kind) if item.kind.id in MASKABLE else None
    if text is None:
        raise Refused(refuse("text_too_long" if item.kind.id in MASKABLE else "no_mask", item.name))
    _record(actor, item, "read_evidence", now)
    return masks.plain(text)


def download(*, actor: Actor, item: Item, now: datetime) -> Download:
    """The original, byte for byte, to be sent as an attachment and never inline.

    The type is always "some bytes": a browser that were told "web page" could be talked into running it.
    """
    identity = _identity(item)
    _record(actor, item, "download_evidence", now)
    return Download(
        _guarded(actor, item, identity, now), item.size, "application/octet-stream", filename(item.name, item.kind)
    )


def _guarded(actor: Actor, item: Item, identity: Any | None, now: datetime) -> Iterator[bytes]:
    """The stored bytes; when they are not what was put, an entry says so and the stream breaks off before its end."""
    try:
        yield from vault.open_(item.organisation_id, item.object, item.sha256, identity)
    except vault.Unreachable as error:
        raise Refused(refuse("unreachable", item.name)) from error
    except vault.Damaged as error:
        _record(actor, item, "evidence_damaged", now)
        raise Refused(refuse("damaged", item.name)) from error


def _identity(item: Item) -> Any | None:
    """What opens the item's bytes; None for one that an earlier version stored in clear."""
    key = models.Key.objects.filter(pk=item.key_id).first() if item.key_id else None
    if key is None:
        return None
    if key.erased_at:
        raise Refused(refuse("erased", item.name))
    try:
        return identity_of(key)
    except vault.KeyProblem as problem:
        _log.error("evidence cannot be opened: %s", problem)
        raise Refused(refuse("no_key", item.name)) from problem


@contextmanager
def verified(actor: Actor, item: Item, now: datetime) -> Iterator[IO[bytes]]:
    """A copy to read from, made after its digest was found right; large ones lie on disk, not in memory."""
    with SpooledTemporaryFile(_IN_MEMORY) as copy:
        for chunk in _guarded(actor, item, _identity(item), now):
            copy.write(chunk)
        copy.seek(0)
        yield copy


def _record(actor: Actor, item: Item, act: str, now: datetime) -> None:
    with transaction.atomic():
        journal.record(
            organisation_id=item.organisation_id,
            act=act,
            actor_id=actor.user_id,
            actor_name=actor.name,
            subject=f"case:{item.case_id}" if item.case_id else f"draft:{item.draft_id}",
            payload={"item": str(item.id), "sha256": item.sha256, "number": item.number, "name": item.name},
            now=now,
        )
