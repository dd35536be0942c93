"""The only writer of the journal."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from django.db import connection, transaction

from vaern.core.digest import canonical
from vaern.journal import facts, models, queries, rules


class NotRecordable(Exception):
    """A programming error: an act not in the table, or a record outside the transaction it belongs to."""


class Broken(Exception):
    """A chain does not hold; `vaern journal verify` says where."""


def verify_journal() -> None:
    """Reads every chain, as a job. `Broken` names the chains that do not hold."""
    broken = [report.chain for report in queries.verify_chains() if report.breaks]
    if broken:
        raise Broken(", ".join(broken))


def record(
    *,
    organisation_id: int | None,
    act: str,
    actor_id: int | None,
    subject: str,
    payload: dict[str, object],
    now: datetime,
    actor_name: str = "",
) -> facts.Entry:
    """Adds one entry, in the caller's transaction: what is written and its entry stand or fall together.

    `subject` names the thing acted on, as "case:<id>". `payload` holds text, whole numbers, truth values, lists and
    dicts only. The chain's head stays locked until the caller's transaction ends, so call this last.
    """
    if act not in rules.ACTS:
        raise NotRecordable(f"“{act}” is not in the table of acts")
    if not connection.in_atomic_block:
        raise NotRecordable(f"“{act}” recorded outside a transaction")
    canonical(payload)
    content = facts.Payload(secrets.token_hex(16), actor_name, payload)
    chain = rules.chain_of(organisation_id)
    head = _lock(chain)
    entry = _follow(head, act, actor_id, subject, now.astimezone(UTC), content)
    _write(entry)
    return entry


def erase_payload(
    *,
    organisation_id: int | None,
    subject: str,
    actor_id: int | None,
    actor_name: str = "",
    reason: str,
    acts: Iterable[str] | None = None,
    now: datetime,
) -> int:
    """Erases what every entry about `subject` said, and who acted by name; that they acted, and when, stays. With
    `acts`, of these alone.

    The number of erased payloads. The entry that records the erasure is what lets the chain verify without them.
    """
    with transaction.atomic():
        gone = models.Payload.objects.filter(entry__chain=rules.chain_of(organisation_id), entry__subject=subject)
        if acts is not None:
            gone = gone.filter(entry__act__in=list(acts))
        count, _ = gone.exclude(entry__act="erase_payload").delete()
        record(
            organisation_id=organisation_id,
            act="erase_payload",
            actor_id=actor_id,
            actor_name=actor_name,
            subject=subject,
            payload={"reason": reason, "erased": count},
            now=now,
        )
    return count


def _lock(chain: str) -> models.Head:
    """The end of the chain, locked: whoever comes second waits here and then sees the new end."""
    heads = models.Head.objects.select_for_update().filter(chain=chain)
    head = heads.first()
    if head is None:
        models.Head.objects.bulk_create([models.Head(chain=chain, seq=0, hash=rules.START)], ignore_conflicts=True)
        head = heads.get()
    return head


def _follow(
    head: models.Head,
    act: str,
    actor_id: int | None,
    subject: str,
    at: datetime,
    payload: facts.Payload,
) -> facts.Entry:
    entry = facts.Entry(
        head.chain, head.seq + 1, at, act, actor_id, subject, rules.payload_digest(payload), head.hash, "", payload
    )
    return replace(entry, hash=rules.hash_of(entry))


def _write(entry: facts.Entry) -> None:
    row = models.Entry.objects.create(
        chain=entry.chain,
        seq=entry.seq,
        at=entry.at,
        act=entry.act,
        actor_id=entry.actor_id,
        subject=entry.subject,
        payload_digest=entry.payload_digest,
        prev=entry.prev,
        hash=entry.hash,
    )
    content = entry.payload
    assert content is not None
    models.Payload.objects.create(entry=row, salt=content.salt, actor_name=content.actor_name, data=content.data)
    models.Head.objects.filter(chain=entry.chain).update(seq=entry.seq, hash=entry.hash)
