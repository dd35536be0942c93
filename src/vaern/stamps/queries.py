"""Reads of time stamps: what is not stamped yet is a question to the database, so that no lost job ever matters."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from vaern.core.workdays import DANISH_TIME
from vaern.evidence import queries as evidence
from vaern.evidence.facts import Item
from vaern.journal import queries as journal
from vaern.journal.rules import chain_of, organisation_of
from vaern.stamps import facts, models, rules


def authorities() -> tuple[facts.Authority, ...]:
    found: tuple[facts.Authority, ...] = settings.TSA
    return found


def due(authority: str, now: datetime, *, limit: int) -> Iterator[facts.Due]:
    """What this authority has not stamped: chains whose end was not stamped today, then items, the oldest first."""
    yield from _due_chains(authority, now)
    for item in evidence.items_except(_stamped_items(authority), limit=limit):
        yield facts.Due(item.organisation_id, item.sha256, item.id)


def _due_chains(authority: str, now: datetime) -> Iterator[facts.Due]:
    """A day is a Danish one. A chain that only tells of its own stamps is stamped too: nothing happened, provably."""
    today = datetime.combine(now.astimezone(DANISH_TIME).date(), time(), DANISH_TIME)
    made = models.Stamp.objects.filter(authority=authority, made_at__gte=today).exclude(chain="")
    done = set(made.values_list("chain", flat=True))
    for head in journal.heads():
        if head.chain not in done and head.seq:
            yield facts.Due(organisation_of(head.chain), head.hash, chain=head.chain, seq=head.seq)


def _stamped_items(authority: str) -> QuerySet[models.Stamp, UUID | None]:
    return models.Stamp.objects.filter(authority=authority, item_id__isnull=False).values_list("item_id", flat=True)


def health(authority: str) -> facts.Health:
    row = models.Health.objects.filter(authority=authority).first()
    return _health(row) if row else facts.Health(authority)


def states(items: Collection[Item], now: datetime) -> dict[UUID, facts.State]:
    """What can be said about the stamps of each item. Two queries, however many items."""
    told: dict[UUID, list[facts.Stamped]] = {item.id: [] for item in items}
    rows = models.Stamp.objects.filter(item_id__in=list(told)).order_by("gen_time", "pk")
    for item_id, authority, gen_time in rows.values_list("item_id", "authority", "gen_time"):
        if item_id is not None:
            told[item_id].append(facts.Stamped(authority, gen_time))
    healths = {row.authority: _health(row) for row in models.Health.objects.all()}
    patience = timedelta(hours=settings.TSA_PATIENCE_HOURS)
    return {
        item.id: rules.state_of(item.added_at, told[item.id], authorities(), healths, patience=patience, now=now)
        for item in items
    }


def stamps_of_items(ids: Collection[UUID]) -> list[facts.Stamp]:
    """The stamps themselves, with all that a stranger needs to verify them, in the order they came. One query."""
    rows = models.Stamp.objects.filter(item_id__in=list(ids)).select_related("roots").order_by("pk")
    return [fact(row) for row in rows]


def stamps_of_chain(organisation_id: int | None, chain: str, *, limit: int = 100) -> list[facts.Stamp]:
    """The latest stamps of the end of a journal chain, newest first."""
    rows = models.Stamp.objects.filter(organisation_id=organisation_id, chain=chain).select_related("roots")
    return [fact(row) for row in rows.order_by("-seq", "pk")[:limit]]


def lines(organisation_id: int) -> list[facts.AuthorityLine]:
    """Every authority that is set up, with how it does, and how much of one organisation's it has stamped and has not.
    Three queries for each."""
    return [_line(authority, organisation_id) for authority in authorities()]


def _line(authority: facts.Authority, organisation_id: int) -> facts.AuthorityLine:
    how = health(authority.name)
    made = models.Stamp.objects.filter(authority=authority.name, organisation_id=organisation_id).count()
    waiting = evidence.count_except(_stamped_items(authority.name), organisation_id)
    return facts.AuthorityLine(authority.name, authority.url, how, made, waiting, rules.alarms(how))


def alarming() -> list[facts.Health]:
    """Authorities in use that have failed again and again. One query."""
    names = [authority.name for authority in authorities()]
    rows = models.Health.objects.filter(authority__in=names, failures__gte=rules.ALARM_AFTER)
    return [_health(row) for row in rows.order_by("failing_since")]


def last_of_journal(organisation_id: int) -> datetime | None:
    """When the end of an organisation's chain was last stamped. One query."""
    rows = models.Stamp.objects.filter(chain=chain_of(organisation_id)).order_by("-made_at")
    return rows.values_list("made_at", flat=True).first()


def roots_in_use() -> dict[str, list[str]]:
    """The SHA-256 of each kept file of certificates, and the authorities whose stamps were checked against it."""
    found: dict[str, list[str]] = {}
    rows = models.Stamp.objects.order_by("roots_id", "authority").values_list("roots_id", "authority").distinct()
    for fingerprint, authority in rows:
        found.setdefault(fingerprint, []).append(authority)
    return found


def every_stamp(organisation_id: int | None = None) -> Iterator[facts.Stamp]:
    """In the order they came. One that cannot be read any more, because somebody wrote into its row what no program
    did, is left out: its entry then says that it is missing."""
    rows, last = models.Stamp.objects.select_related("roots").order_by("pk"), 0
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    while True:
        try:
            for row in rows.filter(pk__gt=last).iterator(chunk_size=200):
                yield fact(row)
                last = row.pk
            return
        except ValueError:
            ahead = list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:200])
            for pk in ahead:
                yield from _alone(pk)
            last = ahead[-1]


def _alone(pk: int) -> Iterator[facts.Stamp]:
    with suppress(ValueError):
        yield fact(models.Stamp.objects.select_related("roots").get(pk=pk))


def _health(row: models.Health) -> facts.Health:
    return facts.Health(row.authority, row.failures, row.failing_since, row.why, row.next_try, row.last_success)


def fact(row: models.Stamp) -> facts.Stamp:
    return facts.Stamp(
        due=facts.Due(row.organisation_id, row.digest, row.item_id, row.chain, row.seq),
        authority=row.authority,
        gen_time=row.gen_time,
        made_at=row.made_at,
        response=bytes(row.response),
        response_sha256=row.response_sha256,
        roots=row.roots.pem,
        roots_sha256=row.roots_id,
    )
