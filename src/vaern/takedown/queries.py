"""Reads of watches. Whoever calls has been let in to the case; one that is not on it is `Unseen`."""

from __future__ import annotations

from uuid import UUID

from vaern.core.refusal import Unseen
from vaern.takedown import facts, models

_COLUMNS = tuple(name for name in facts.Watch.__dataclass_fields__ if name not in {"looks", "started_by"})


def watches_of_case(case_id: UUID) -> list[facts.Watch]:
    """The newest first, each with its looks. Two queries."""
    rows = models.Watch.objects.filter(case_id=case_id).order_by("-number").prefetch_related("looks")
    return [fact(row) for row in rows]


def watch(case_id: UUID, watch_id: UUID) -> facts.Watch:
    row = models.Watch.objects.filter(pk=watch_id, case_id=case_id).first()
    if row is None:
        raise Unseen(str(watch_id))
    return fact(row)


def fact(row: models.Watch) -> facts.Watch:
    looks = sorted(row.looks.all(), key=lambda one: (one.at, one.pk))
    about = {name: getattr(row, name) for name in _COLUMNS}
    return facts.Watch(
        **about,
        started_by=row.started_by_id,
        looks=tuple(facts.Look(one.at, one.standing, one.by_id, one.reason, one.note) for one in looks),  # type: ignore[arg-type]
    )
