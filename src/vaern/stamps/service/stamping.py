"""Getting stamps: a sweep that asks each authority for what it has not stamped yet, and remembers how it went."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from vaern.core.digest import digest
from vaern.evidence import queries as evidence
from vaern.journal import service as journal
from vaern.stamps import client, models, queries, rules
from vaern.stamps.check import Unfit
from vaern.stamps.facts import Answer, Authority, Due, Health

BATCH = 200
"""Items in one round and for one authority; the next round goes on where this one ended."""
_log = logging.getLogger(__name__)


def stamp(*, now: datetime | None = None) -> int:
    """Stamps what is not stamped yet, by every authority that may be asked now; how many stamps were kept.

    Safe to run twice at once: the second finds the row there and throws its own answer away.
    """
    return sum(_stamp_by(authority, now or timezone.now()) for authority in queries.authorities())


def _stamp_by(authority: Authority, now: datetime) -> int:
    """One failure ends the round for this authority: what is the matter with it, is so for the next item too."""
    before = queries.health(authority.name)
    if not rules.may_try(before, now):
        return 0
    kept = tried = 0
    for due in list(queries.due(authority.name, now, limit=BATCH)):
        tried += 1
        try:
            answer = client.ask(authority, due.digest)
        except Unfit as unfit:
            _fail(authority, unfit.code, now)
            return kept
        kept += _keep(authority, due, answer, now)
    if tried:
        _succeed(authority, now)
    return kept


def _keep(authority: Authority, due: Due, answer: Answer, now: datetime) -> bool:
    """The row and its entry, together; False when somebody else was first."""
    roots = digest(authority.roots.encode())
    try:
        with transaction.atomic():
            models.Roots.objects.get_or_create(sha256=roots, defaults={"pem": authority.roots})
            row = _row(authority, due, answer, roots, now)
            row.save(force_insert=True)
            _record(row, due, now)
    except IntegrityError:
        _log.info("another worker was first with a stamp")
        return False
    return True


def _row(authority: Authority, due: Due, answer: Answer, roots: str, now: datetime) -> models.Stamp:
    return models.Stamp(
        organisation_id=due.organisation_id,
        item_id=due.item_id,
        chain=due.chain,
        seq=due.seq,
        digest=due.digest,
        authority=authority.name,
        response=answer.response,
        response_sha256=digest(answer.response),
        roots_id=roots,
        gen_time=answer.gen_time,
        made_at=now,
    )


def _record(row: models.Stamp, due: Due, now: datetime) -> None:
    """The entry holds the digest of the answer and of the certificates: whoever changes a row must change history."""
    about = evidence.subject_of(due.item_id) if due.item_id else None
    subject, named = about or ("journal", {"chain": due.chain, "seq": due.seq})
    journal.record(
        organisation_id=due.organisation_id,
        act="stamp_evidence" if due.item_id else "stamp_journal",
        actor_id=None,
        subject=subject,
        payload={
            **named,
            "digest": due.digest,
            "authority": row.authority,
            "says": row.gen_time.isoformat(),
            "response": row.response_sha256,
            "roots": row.roots_id,
        },
        now=now,
    )


def _fail(authority: Authority, why: str, now: datetime) -> None:
    """Remembered, and put on record once: when it has gone wrong so often that somebody should know."""
    with transaction.atomic():
        before = _held(authority.name)
        after = rules.failed(before, why, now)
        models.Health.objects.filter(pk=authority.name).update(**_columns(asdict(after)))
        if rules.alarms(after) and not rules.alarms(before):
            _say("stamping_fails", authority.name, {"why": why}, now)
    _log.warning("time-stamp authority %s: %s", authority.name, why)


def _succeed(authority: Authority, now: datetime) -> None:
    with transaction.atomic():
        before = _held(authority.name)
        after = rules.succeeded(before, now)
        models.Health.objects.filter(pk=authority.name).update(**_columns(asdict(after)))
        if rules.alarms(before):
            _say("stamping_works_again", authority.name, {}, now)


def _held(name: str) -> Health:
    """The authority's row, locked until the transaction ends, and made when there is none."""
    models.Health.objects.get_or_create(authority=name)
    models.Health.objects.select_for_update().get(pk=name)
    return queries.health(name)


def _columns(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name != "authority"}


def _say(act: str, name: str, payload: dict[str, object], now: datetime) -> None:
    """The installation's own chain: an authority belongs to no employer."""
    journal.record(
        organisation_id=None,
        act=act,
        actor_id=None,
        subject=f"authority:{name}",
        payload={"authority": name, **payload},
        now=now,
    )
