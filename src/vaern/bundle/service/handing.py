"""Handing a bundle over: as it is, or encrypted in the age format to a public key or with a passphrase.

Encrypted on the way out and not when it is made: a passphrase is then never kept anywhere, and the ZIP whose digest
stands in the journal is the same whoever gets it and however.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Literal
from uuid import UUID

from django.db import transaction

from vaern.bundle import facts, models, queries, rules, sealing
from vaern.core.refusal import Refusal, Refused
from vaern.evidence import queries as evidence_queries
from vaern.evidence import service as evidence
from vaern.evidence.facts import Download
from vaern.journal import service as journal
from vaern.people.facts import Actor

How = Literal["plain", "key", "passphrase"]


def download_bundle(
    *,
    actor: Actor,
    case_id: UUID,
    bundle_id: UUID,
    how: How,
    key: str = "",
    passphrase: str = "",
    again: str = "",
    why: str = "",
    may_originals: bool,
    now: datetime,
) -> Download:
    """The ZIP, or the ZIP as an age file. On record before a byte leaves, with how and to which key, and never with the
    passphrase. `Refused` when it is not ready, or cannot be encrypted so, and, where something in it was covered since
    it was made, without the right to originals (`may_originals`) and a reason."""
    found = queries.bundle(case_id, bundle_id)
    row = models.Bundle.objects.get(pk=bundle_id)
    if found.state != "ready" or row.zip is None:
        raise Refused(rules.refuse("not_ready"))
    key = key.strip()
    covered = rules.covered_since(found, evidence_queries.items_of_case(case_id))
    wrong = [rules.check_take(covered, may_originals=may_originals, why=why)]
    wrong += [_refusal(found, how, key, passphrase, again)]
    if refusals := [one for one in wrong if one]:
        raise Refused(*refusals)
    told = {"covered_since": [item.number for item in covered], "why": why.strip()} if covered else {}
    chunks = evidence.kept(row.zip)
    name, kind = f"bevispakke-{row.case_label}-{row.number}.zip", "application/octet-stream"
    if how == "plain":
        _record(actor, row, now, how=how, key="", **told)
        return Download(chunks, row.size, kind, name)
    sealed = sealing.for_key(key, chunks) if how == "key" else sealing.for_passphrase(passphrase, chunks)
    _record(actor, row, now, how=how, key=key if how == "key" else "", **told)
    return Download(_drained(sealed), _size(sealed), kind, f"{name}.age")


def _refusal(found: facts.Bundle, how: How, key: str, passphrase: str, again: str) -> Refusal | None:
    if how == "key":
        refusal = rules.check_key(key)
        return refusal or (None if sealing.is_key(key) else rules.refuse("bad_key", "key"))
    if how == "passphrase":
        if found.size > sealing.PASSPHRASE_BYTES:
            return rules.refuse("too_large", "how")
        return rules.check_passphrase(passphrase, again)
    return None


def _drained(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(sealing.CHUNK):
            yield chunk


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _record(actor: Actor, row: models.Bundle, now: datetime, **told: object) -> None:
    with transaction.atomic():
        journal.record(
            organisation_id=row.organisation_id,
            act="download_bundle",
            actor_id=actor.user_id,
            actor_name=actor.name,
            subject=f"case:{row.case_id}",
            payload={"bundle": str(row.pk), "number": row.number, "sha256": row.sha256, **told},
            now=now,
        )
