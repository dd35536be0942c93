"""Reads of evidence. Whoever calls has been let in to the case or the draft; an id that is not on it is `Unseen`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery

from vaern.core.refusal import Unseen
from vaern.evidence import facts, models
from vaern.evidence.derive.plan import NOT_MADE, alike
from vaern.evidence.provenance import UNKNOWN, disagreements, found_of, said_of, same_address
from vaern.evidence.rules import KINDS, counts
from vaern.journal import queries as journal
from vaern.journal.facts import Entry
from vaern.journal.rules import ACTS
from vaern.people import queries as people

__all__ = [
    "CUSTODY", "addresses", "count_of_case", "counts_of_cases", "custody", "disagreements", "duplicate", "fact", "item",
    "item_of_draft", "items_of_case", "items_of_draft", "known_of_case", "provenance", "same_address",
]  # fmt: skip
CUSTODY = tuple(act for act in ACTS if {"evidence", "mask", "infected"} & set(act.split("_")))
"""The acts that make up the list of every hand a piece of evidence passed through: each that speaks of evidence in its
name (or of an infected file), so that a new one cannot be forgotten here."""
SEEN = ("preview_evidence", "read_evidence", "download_evidence")
"""The acts by which somebody is exposed to what the evidence shows."""


def items_of_case(case_id: UUID) -> list[facts.Item]:
    """In the order of their numbers, with what each looks like. One query, however many."""
    looks = models.Rendition.objects.filter(item=OuterRef("pk")).exclude(look="").values("look")[:1]
    rows = models.Item.objects.filter(case_id=case_id).annotate(look=Subquery(looks)).order_by("number")
    return [fact(row) for row in rows]


def items_of_draft(draft_id: UUID) -> list[facts.Item]:
    """What is on a draft and not withdrawn, in the order it came; empty once the draft was sent. One query."""
    rows = models.Item.objects.filter(draft_id=draft_id, case_id__isnull=True, withdrawn=False)
    return [fact(row) for row in rows.order_by("position")]


def item(case_id: UUID, item_id: UUID) -> facts.Item:
    return _one(id=item_id, case_id=case_id)


def item_of_draft(draft_id: UUID, item_id: UUID) -> facts.Item:
    return _one(id=item_id, draft_id=draft_id, case_id__isnull=True, withdrawn=False)


def duplicate(case_id: UUID, sha256: str) -> facts.Item | None:
    row = models.Item.objects.filter(case_id=case_id, sha256=sha256).first()
    return fact(row) if row else None


def masks_of(item: facts.Item) -> list[facts.Item]:
    """Its masked copies, the newest first, those set aside too."""
    rows = models.Item.objects.filter(derived_from_id=item.id, case_id=item.case_id, made_by="mask")
    return [fact(row) for row in rows.order_by("-number")]


def mask_of(item: facts.Item) -> facts.Item | None:
    """The masked copy that stands for it; None when it may go out as it is."""
    return next((mask for mask in masks_of(item) if counts(mask)), None)


def renditions(case_id: UUID) -> dict[UUID, dict[str, facts.Rendition]]:
    """What is made of each item of the case, or why not, by kind. One query."""
    found: dict[UUID, dict[str, facts.Rendition]] = {}
    for row in models.Rendition.objects.filter(item__case_id=case_id).order_by("-kind"):
        made = facts.Rendition(row.kind, row.state, NOT_MADE[row.reason], row.made_by, row.changed_at, row.look)
        found.setdefault(row.item_id, {})[row.kind] = made
    return found


def looking_alike(items: Iterable[facts.Item]) -> dict[UUID, int]:
    """For each item that looks like an earlier one: the number of the first such. Pure, over what was read."""
    looks = [one for one in items if one.derived_from is None and one.look]
    found: dict[UUID, int] = {}
    for place, one in enumerate(looks):
        before = next((other for other in looks[:place] if alike(one.look, other.look)), None)
        if before and before.number:
            found[one.id] = before.number
    return found


def scans(case_id: UUID) -> dict[UUID, facts.Scan]:
    """What the malware scanner said of the case's items; those not scanned are left out. One query."""
    rows = models.Scan.objects.filter(item__case_id=case_id)
    return {row.item_id: facts.Scan(row.state, row.found, row.engine, row.at) for row in rows}


def count_of_case(case_id: UUID) -> int:
    return models.Item.objects.filter(case_id=case_id).count()


def counts_of_cases(case_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many items each case has, for a list of cases; a case with none is left out. One query."""
    rows = models.Item.objects.filter(case_id__in=list(case_ids)).order_by()
    return dict(rows.values_list("case_id").annotate(Count("id")))


def items_except(ids: QuerySet[Any, Any], *, limit: int) -> list[facts.Item]:
    """The oldest items that are not among `ids` (a query for item ids), drafts' too. One query."""
    return [fact(row) for row in _except(ids).order_by("added_at", "pk")[:limit]]


def count_except(ids: QuerySet[Any, Any], organisation_id: int) -> int:
    return _except(ids).filter(organisation_id=organisation_id).count()


def _except(ids: QuerySet[Any, Any]) -> QuerySet[models.Item]:
    return models.Item.objects.filter(withdrawn=False).exclude(pk__in=ids)


def digests(organisation_id: int | None = None) -> dict[UUID, str]:
    """The SHA-256 of every item, of one organisation or of all. One query."""
    rows = models.Item.objects.order_by()
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    return dict(rows.values_list("pk", "sha256"))


def subject_of(item_id: UUID) -> tuple[str, dict[str, object]]:
    """What an entry about the item is about, and how it names the item. `Unseen` when it is gone."""
    item = _one(id=item_id)
    subject = f"case:{item.case_id}" if item.case_id else f"draft:{item.draft_id}"
    return subject, {"item": str(item.id), "number": item.number, "name": item.name, "sha256": item.sha256}


def custody(
    case_id: UUID,
    *,
    item: facts.Item | None = None,
    acts: Iterable[str] = CUSTODY,
    before: datetime | None = None,
    limit: int = 500,
) -> list[Entry]:
    """Every hand the case's evidence passed through, newest first; from the draft it came with, too. With `item`, of
    that one alone, and what was made of it. Two queries, or one."""
    subjects = _subjects(item) if item else subjects_of(case_id)
    holding: dict[str, object] | None = {"item": str(item.id), "of": str(item.id)} if item else None
    return journal.entries_about(subjects, acts=acts, holding=holding, before=before, limit=limit)


def exposures(item: facts.Item) -> dict[tuple[int, str], int]:
    """How often each person was shown the item or fetched it, by (person, act). One query."""
    return journal.counts_by_actor(_subjects(item), acts=SEEN, holding={"item": str(item.id)})


def _subjects(item: facts.Item) -> list[str]:
    drafts = [f"draft:{item.draft_id}"] if item.draft_id else []
    return [f"case:{item.case_id}", *drafts] if item.case_id else drafts


def subjects_of(case_id: UUID) -> list[str]:
    """What entries about the case are about: itself, and the drafts its evidence came with."""
    drafts = models.Item.objects.filter(case_id=case_id, draft_id__isnull=False).order_by()
    return [f"case:{case_id}", *(f"draft:{one}" for one in drafts.values_list("draft_id", flat=True).distinct())]


def provenance(item_id: UUID) -> tuple[facts.Provenance, ...]:
    """Everything told and found about an item, the newest first; at least one, if only to say that nothing is known."""
    rows = models.Provenance.objects.filter(item_id=item_id).order_by("-version")[:100]
    return tuple(_provenance(row) for row in rows) or (UNKNOWN,)


def known_of_case(case_id: UUID) -> dict[int, facts.Provenance]:
    """Number of each item -> what is known about it now; an item nothing was read or told of is left out. One query."""
    rows = models.Provenance.objects.filter(item__case_id=case_id).order_by("version").select_related("item")
    return {row.item.number or 0: _provenance(row) for row in rows.defer("item__blurred")}


def addresses(case_id: UUID) -> dict[int, tuple[str, ...]]:
    """Number of each item -> the addresses told of it and found in it, as they stand now. One query."""
    latest = known_of_case(case_id)
    ways = {number: (known.said.url, known.found.url) for number, known in latest.items()}
    return {number: tuple(way for way in both if way) for number, both in ways.items() if any(both)}


def _provenance(row: models.Provenance) -> facts.Provenance:
    return facts.Provenance(said_of(row.said), found_of(row.found), row.version, row.by_id, row.at)


def _one(**which: object) -> facts.Item:
    row = models.Item.objects.filter(**which).first()
    if row is None:
        raise Unseen(str(which["id"]))
    return fact(row)


def fact(row: models.Item) -> facts.Item:
    return facts.Item(
        id=row.pk,
        organisation_id=row.organisation_id,
        case_id=row.case_id,
        draft_id=row.draft_id,
        number=row.number,
        name=row.name,
        kind=KINDS[row.kind],
        size=row.size,
        sha256=row.sha256,
        note=row.note,
        added_by=row.added_by_id,
        added_at=row.added_at,
        taken_at=row.taken_at,
        width=row.width,
        height=row.height,
        blurred=bytes(row.blurred) if row.blurred is not None else None,
        derived_from=row.derived_from_id,
        made_by=row.made_by,
        how=row.how,
        set_aside_at=row.set_aside_at,
        set_aside_reason=row.set_aside_reason,
        object=row.object,
        key_id=row.key_id,
        look=getattr(row, "look", None) or "",
    )


def check(row: models.Check) -> facts.Check:
    found = tuple(facts.Finding(*said) for said in row.findings)
    return facts.Check(row.started_at, row.finished_at, row.deep, row.total, row.items, row.bytes, found)


def last_check() -> facts.Check | None:
    """The last reading of everything that came to its end. One query."""
    row = models.Check.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()
    return check(row) if row else None


def years(organisation_id: int) -> int:
    """How many years an employer keeps evidence after a case was closed. One query."""
    home = people.organisation(organisation_id)
    return (home.evidence_years if home else None) or int(settings.EVIDENCE_YEARS)


def is_erased(case_id: UUID) -> bool:
    """Whether the case's evidence was erased, since its time was over. One query."""
    return models.Key.objects.filter(case_id=case_id, erased_at__isnull=False).exists()


def erased(case_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the cases whose evidence was erased. One query."""
    gone = models.Key.objects.filter(case_id__in=list(case_ids), erased_at__isnull=False)
    return {case for case in gone.values_list("case_id", flat=True) if case}


def unerased() -> set[UUID]:
    """The cases whose evidence is still there to be read, of every employer. One query."""
    alive = models.Key.objects.filter(erased_at=None, case_id__isnull=False).values_list("case_id", flat=True)
    return {case for case in alive if case}


def open_hold(case_id: UUID) -> facts.Hold | None:
    """Who decided that the case's evidence is kept until further notice, when, and why. One query."""
    row = models.Hold.objects.filter(case_id=case_id, lifted_at=None).first()
    return facts.Hold(row.reason, row.set_by_id, row.set_at) if row else None
