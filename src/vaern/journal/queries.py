"""Readers of the journal. Whoever calls has already been let in to the subject; the journal knows no doors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from vaern.journal import facts, models, rules


def entries_of(
    subject: str,
    *,
    acts: Iterable[str] | None = None,
    before: datetime | None = None,
    limit: int = 100,
) -> list[facts.Entry]:
    """The latest entries about one subject, newest first; `before` pages backwards in time. One query."""
    rows = models.Entry.objects.filter(subject=subject)
    if acts is not None:
        rows = rows.filter(act__in=list(acts))
    if before is not None:
        rows = rows.filter(at__lt=before)
    return [_fact(row) for row in rows.select_related("payload").order_by("-at", "-seq")[:limit]]


def entries_saying(subjects: Iterable[str], key: str) -> list[facts.Entry]:
    """The entries about several subjects whose content has something under `key`, oldest first. One query."""
    rows = models.Entry.objects.filter(subject__in=list(subjects), payload__data__has_key=key)
    return [_fact(row) for row in rows.select_related("payload").order_by("chain", "seq")]


def erased_subjects(subjects: Iterable[str]) -> set[str]:
    """Those of the subjects whose entries had their content erased. One query."""
    rows = models.Entry.objects.filter(subject__in=list(subjects), act="erase_payload")
    return set(rows.values_list("subject", flat=True))


def entries_since(organisation_id: int | None, cursor: int, limit: int = 500) -> list[facts.Entry]:
    """Entries of one chain after number `cursor` (0: from the start), oldest first. The next cursor is the last `seq`.

    `seq` is safe as a cursor, as an automatic id is not: it is given out under the head's lock, so that a later
    number never becomes visible before an earlier one.
    """
    return [_fact(row) for row in _rows(rules.chain_of(organisation_id)).filter(seq__gt=cursor)[:limit]]


def end_of(organisation_id: int | None) -> int:
    """The number of the last entry of the chain; 0 when there is none."""
    return models.Head.objects.filter(chain=rules.chain_of(organisation_id)).values_list("seq", flat=True).first() or 0


def proof_of(organisation_id: int | None, subjects: Iterable[str], *, until: int) -> Iterator[facts.Entry | str]:
    """The chain from the first entry about any of `subjects` to number `until`, in order and without a gap: those
    entries whole, and of every entry about something else its commitment alone. A batch at a time."""
    told = set(subjects)
    rows = _rows(rules.chain_of(organisation_id)).filter(seq__lte=until)
    first = rows.filter(subject__in=told).first()
    if first is None:
        return
    for row in rows.filter(seq__gte=first.seq).iterator(chunk_size=1000):
        entry = _fact(row)
        yield entry if entry.subject in told else rules.commitment_of(entry)


def entries_of_acts(acts: Iterable[str], organisation_id: int | None = None) -> Iterator[facts.Entry]:
    """Every entry of these acts, of one chain or of all, oldest first and read a batch at a time."""
    rows = models.Entry.objects.filter(act__in=list(acts)).select_related("payload").order_by("pk")
    if organisation_id is not None:
        rows = rows.filter(chain=rules.chain_of(organisation_id))
    return (_fact(row) for row in rows.iterator(chunk_size=1000))


def heads() -> list[facts.Head]:
    """Where every chain ends now. One query."""
    return [facts.Head(row.chain, row.seq, row.hash) for row in models.Head.objects.order_by("chain")]


def hash_at(chain: str, seq: int) -> str:
    """The hash of one entry; "" when there is none."""
    return models.Entry.objects.filter(chain=chain, seq=seq).values_list("hash", flat=True).first() or ""


def entries_about(
    subjects: Iterable[str],
    *,
    acts: Iterable[str],
    holding: dict[str, object] | None = None,
    before: datetime | None = None,
    limit: int = 100,
) -> list[facts.Entry]:
    """The latest entries of these acts about any of several subjects, newest first; `holding` names values of
    which their content must have one, so that an entry whose content was erased is never among those. One query."""
    rows = _about(subjects, acts, holding)
    if before is not None:
        rows = rows.filter(at__lt=before)
    return [_fact(row) for row in rows.select_related("payload").order_by("-at", "-seq")[:limit]]


def counts_by_actor(
    subjects: Iterable[str], *, acts: Iterable[str], holding: dict[str, object] | None = None
) -> dict[tuple[int, str], int]:
    """How often each person did each of these acts, by (person, act). What nobody did is left out. One query."""
    rows = _about(subjects, acts, holding).filter(actor_id__isnull=False).order_by()
    counted = rows.values_list("actor_id", "act").annotate(Count("pk"))
    return {(actor, act): times for actor, act, times in counted if actor is not None}


def _about(subjects: Iterable[str], acts: Iterable[str], holding: dict[str, object] | None) -> QuerySet[models.Entry]:
    rows = models.Entry.objects.filter(subject__in=list(subjects), act__in=list(acts))
    if holding is None:
        return rows
    return rows.filter(reduce(or_, (Q(**{f"payload__data__{name}": value}) for name, value in holding.items())))


def verify_chains() -> Iterator[facts.Report]:
    """A report for every chain there is, one by one: each organisation's, and the installation's own."""
    names = {*models.Entry.objects.order_by().values_list("chain", flat=True).distinct()}
    names |= {*models.Head.objects.values_list("chain", flat=True)}
    return (_verify(name) for name in sorted(names))


def verify_chain(organisation_id: int | None) -> facts.Report:
    """Reads the whole chain, a batch at a time, and compares every hash and every content with its digest."""
    return _verify(rules.chain_of(organisation_id))


def _verify(chain: str) -> facts.Report:
    walk = rules.Walk(chain)
    breaks: list[facts.Break] = []
    entries = 0
    while True:
        before = entries
        for entry in _read(chain, walk.seq):
            breaks.extend(walk.step(entry) if isinstance(entry, facts.Entry) else [walk.skip(entry)])
            entries += 1
        # The head is read after the rows, and rows that came meanwhile are walked too: work goes on while we look.
        head = models.Head.objects.filter(chain=chain).first() or models.Head(seq=0, hash=rules.START)
        if head.seq <= walk.seq or entries == before:
            break
    breaks.extend(walk.end(head.seq, head.hash))
    return facts.Report(walk.chain, entries, walk.erased, walk.hash, tuple(breaks))


def _read(chain: str, after: int) -> Iterator[facts.Entry | int]:
    """The entries after a number; of one that cannot be read at all, its number. Whoever changes a column by hand can
    write there what no program wrote, and that is to be found, not to end the search."""
    while True:
        rows = _rows(chain).filter(seq__gt=after)
        try:
            for row in rows.iterator(chunk_size=1000):
                yield _fact(row)
                after = row.seq
            return
        except ValueError:
            ahead = list(_rows(chain).filter(seq__gt=after).values_list("seq", flat=True)[:1000])
            for seq in ahead:
                yield _alone(chain, seq)
            after = ahead[-1]


def _alone(chain: str, seq: int) -> facts.Entry | int:
    try:
        return _fact(_rows(chain).get(seq=seq))
    except ValueError:
        return seq


def _rows(chain: str) -> QuerySet[models.Entry]:
    return models.Entry.objects.filter(chain=chain).select_related("payload").order_by("seq")


def _fact(row: models.Entry) -> facts.Entry:
    kept: models.Payload | None = getattr(row, "payload", None)
    return facts.Entry(
        row.chain,
        row.seq,
        row.at,
        row.act,
        row.actor_id,
        row.subject,
        row.payload_digest,
        row.prev,
        row.hash,
        facts.Payload(kept.salt, kept.actor_name, kept.data) if kept else None,
    )
