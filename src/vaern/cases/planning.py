"""From a stored case to the planner and back: the one place where rows become facts."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime

from vaern.cases.facts import Planned
from vaern.cases.models import Case, Fulfilment, GuidelineVersion, Part
from vaern.core.workdays import out_of_hours
from vaern.guideline.composed import Composed
from vaern.guideline.facts import CaseFacts, Done
from vaern.guideline.pack import Role
from vaern.guideline.plan import plan
from vaern.people import queries as people

_KEPT = 32
_FAR = datetime.max.replace(tzinfo=UTC)
_composed: OrderedDict[str, Composed] = OrderedDict()


def composed_of(guideline_id: int, digest: str) -> Composed:
    """The pinned guideline, read once per process: the content of a digest never changes."""
    if digest not in _composed:
        content = GuidelineVersion.objects.values_list("content", flat=True).get(pk=guideline_id)
        _composed[digest] = Composed.from_json(content)
        while len(_composed) > _KEPT:
            _composed.popitem(last=False)
    _composed.move_to_end(digest)
    return _composed[digest]


def planned(case: Case, now: datetime) -> Planned:
    """The rows by due, and otherwise as the guideline tells them: people do things in that order. The planner itself
    goes by name, so that its answer does not hang on the order of a file."""
    composed = composed_of(case.guideline_id, case.guideline.digest)
    rows = plan(composed, facts_of(case, composed, now), now)
    return Planned(composed, tuple(sorted(rows, key=lambda row: (row.due or _FAR, composed.place[row.id]))))


def facts_of(case: Case, composed: Composed, now: datetime) -> CaseFacts:
    absent, part_of_it = _missing_roles(case, composed, now)
    return CaseFacts(
        facts={key: tuple(value) if isinstance(value, list) else value for key, value in case.facts.items()},
        events={key: datetime.fromisoformat(value) for key, value in case.events.items()},
        consents=case.consents,
        absent=absent,
        part_of_it=part_of_it,
        out_of_hours=out_of_hours(now),
        done=tuple(_done(row) for row in Fulfilment.objects.filter(case=case)),
    )


def _done(row: Fulfilment) -> Done:
    return Done(row.duty, row.at, row.outcome, row.by_role, tuple(row.choice))


def _missing_roles(case: Case, composed: Composed, now: datetime) -> tuple[frozenset[str], frozenset[str]]:
    """Roles nobody can fill now. Only roles with a fallback are asked about: for the others it changes nothing."""
    asked = [role for role in composed.pack.roles if role.fallback and not role.outside]
    if not asked:
        return frozenset(), frozenset()
    parts = list(Part.objects.filter(case=case, until__isnull=True))
    excluded = {part.user_id for part in parts if part.role == "excluded"}
    away = people.absent(frozenset(part.user_id for part in parts), today=now.date())
    return (
        frozenset(role.id for role in asked if _nobody(role, parts, away)),
        frozenset(role.id for role in asked if excluded and role.kind == "manager" and _nobody(role, parts, excluded)),
    )


def _nobody(role: Role, parts: list[Part], away: set[int] | frozenset[int]) -> bool:
    return not any(part.role == role.kind and part.user_id not in away for part in parts)
