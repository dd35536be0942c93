"""Evidence on its way out. Each opening is on record, with the person's name, before a byte leaves."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, Any

import pyrage
from django.conf import settings
from django.db import transaction

from vaern.core.refusal import Refused
from vaern.evidence import masks, models, texts, vault
from vaern.evidence.derive import making
from vaern.evidence.derive.plan import NOT_MADE, wanted
from vaern.evidence.derive.sandbox import NotRun
from vaern.evidence.facts import Download, Item
from vaern.evidence.rules import EXCERPT_MAX, MASKABLE, PASSPHRASE_LEAST, filename, refuse
from vaern.evidence.service.keys import identity_of
from vaern.journal import service as journal
from vaern.people.facts import Actor

_IN_MEMORY = 1024 * 1024
_log = logging.getLogger(__name__)


def preview(*, actor: Actor, item: Item, now: datetime) -> bytes:
    """A picture, a page or a still as a JPEG made anew, at most 1600 pixels a side. `Refused` for other kinds."""
    what = [one for one in wanted(item.kind.id) if one != "text"]
    if not what:
        raise Refused(refuse("no_preview", item.name))
    shown = made_of(actor, item, what[0], now)
    record_use(actor, item, "preview_evidence", now)
    return shown


def excerpt(*, actor: Actor, item: Item, now: datetime) -> str:
    """The first 2,000 characters of its text, as text only; "" for a kind that has none to show."""
    if "text" not in wanted(item.kind.id) or item.kind.picture:
        return ""
    text = made_of(actor, item, "text", now).decode("utf-8", "replace")[:EXCERPT_MAX]
    record_use(actor, item, "read_evidence", now)
    return text


def whole_text(*, actor: Actor, item: Item, now: datetime) -> str:
    """All the words of a text or a mail, as they are masked. `Refused` when there is more than a page can hold."""
    refuse_infected(item)
    with verified(actor, item, now) as file:
        text = texts.whole(file, item.kind) if item.kind.id in MASKABLE else None
    if text is None:
        raise Refused(refuse("text_too_long" if item.kind.id in MASKABLE else "no_mask", item.name))
    record_use(actor, item, "read_evidence", now)
    return masks.plain(text)


def made_of(actor: Actor, item: Item, what: str, now: datetime) -> bytes:
    """What the background has made; where it has not come to it yet, made now, shut in all the same."""
    refuse_infected(item)
    row = models.Rendition.objects.select_related("item__key").filter(item_id=item.id, kind=what).first()
    if row and row.state == "made":
        return rendered(row.item, row)
    if row and row.state in {"none", "failed"}:
        raise Refused(refuse("not_shown", item.name, reason=NOT_MADE[row.reason]))
    try:
        with lent(item, now, actor) as file:
            return making.make(what, item.kind.id, file, settings.PIXELS_MAX).data
    except NotRun as fault:
        raise Refused(refuse("not_shown", item.name, reason=NOT_MADE[fault.code])) from fault


def rendered(row: models.Item, one: models.Rendition) -> bytes:
    """The bytes of a rendition that is made, after their digest was found right."""
    key = row.key or models.Key.objects.filter(case_id=row.case_id, organisation_id=row.organisation_id).first()
    identity = _identity_of(key, row.name)
    try:
        return b"".join(vault.open_(row.organisation_id, one.object, one.sha256, identity))
    except (vault.Unreachable, vault.Damaged) as error:
        raise Refused(refuse("not_shown", row.name, reason=NOT_MADE["unreadable"])) from error


def refuse_infected(item: Item) -> None:
    if models.Scan.objects.filter(item_id=item.id, state="found").exists():
        raise Refused(refuse("infected", item.name))


@contextmanager
def lent(item: Item, now: datetime, actor: Actor | None = None) -> Iterator[IO[bytes]]:
    """The verified bytes as a file on disk without a name, for a program that is shut in."""
    with TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        for chunk in pieces(actor, item, now):
            file.write(chunk)
        file.flush()
        yield file


def pieces(actor: Actor | None, item: Item, now: datetime) -> Iterator[bytes]:
    """The verified bytes in pieces. Whoever asks leaves the entry (`record_use`)."""
    return _guarded(actor, item, _identity(item), now)


def download(*, actor: Actor, item: Item, now: datetime) -> Download:
    """The original, byte for byte, to be sent as an attachment and never inline.

    The type is always "some bytes": a browser that were told "web page" could be talked into running it.
    """
    refuse_infected(item)
    identity = _identity(item)
    record_use(actor, item, "download_evidence", now)
    return Download(
        _guarded(actor, item, identity, now), item.size, "application/octet-stream", filename(item.name, item.kind)
    )


def download_infected(*, actor: Actor, item: Item, passphrase: str, now: datetime) -> Download:
    """A dangerous file, locked with a passphrase in the age format: no computer opens it by mistake, `age -d` does."""
    if not models.Scan.objects.filter(item_id=item.id, state="found").exists():
        raise Refused(refuse("not_infected", item.name))
    if len(passphrase) < PASSPHRASE_LEAST:
        raise Refused(replace(refuse("short_passphrase", least=str(PASSPHRASE_LEAST)), field="passphrase"))
    locked = pyrage.passphrase.encrypt(b"".join(pieces(actor, item, now)), passphrase)
    record_use(actor, item, "download_infected", now)
    return Download(iter([locked]), len(locked), "application/octet-stream", f"bevis-{item.number}.age")


def _guarded(actor: Actor | None, item: Item, identity: Any | None, now: datetime) -> Iterator[bytes]:
    """The stored bytes; when they are not what was put, an entry says so and the stream breaks off before its end."""
    try:
        yield from vault.open_(item.organisation_id, item.object, item.sha256, identity)
    except vault.Unreachable as error:
        raise Refused(refuse("unreachable", item.name)) from error
    except vault.Damaged as error:
        record_use(actor, item, "evidence_damaged", now)
        raise Refused(refuse("damaged", item.name)) from error


def _identity(item: Item) -> Any | None:
    """What opens the item's bytes; None for one that an earlier version stored in clear."""
    return _identity_of(models.Key.objects.filter(pk=item.key_id).first() if item.key_id else None, item.name)


def _identity_of(key: models.Key | None, name: str) -> Any | None:
    if key is None:
        return None
    if key.erased_at:
        raise Refused(refuse("erased", name))
    try:
        return identity_of(key)
    except vault.KeyProblem as problem:
        _log.error("evidence cannot be opened: %s", problem)
        raise Refused(refuse("no_key", name)) from problem


@contextmanager
def verified(actor: Actor, item: Item, now: datetime) -> Iterator[IO[bytes]]:
    """A copy to read from, made after its digest was found right; large ones lie on disk, not in memory."""
    with SpooledTemporaryFile(_IN_MEMORY) as copy:
        for chunk in _guarded(actor, item, _identity(item), now):
            copy.write(chunk)
        copy.seek(0)
        yield copy


def record_use(actor: Actor | None, item: Item, act: str, now: datetime, **more: object) -> None:
    """The entry of custody. Without an actor it was the system itself."""
    with transaction.atomic():
        journal.record(
            organisation_id=item.organisation_id,
            act=act,
            actor_id=actor.user_id if actor else None,
            actor_name=actor.name if actor else "",
            subject=f"case:{item.case_id}" if item.case_id else f"draft:{item.draft_id}",
            payload={"item": str(item.id), "sha256": item.sha256, "number": item.number, "name": item.name, **more},
            now=now,
        )
