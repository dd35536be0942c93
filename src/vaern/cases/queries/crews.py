"""Who takes part in cases, for one look at many of them: what every case would ask of the house is asked once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from vaern.cases.facts import Crew
from vaern.cases.models import Case, Part
from vaern.cases.rules import DANISH, HANDLERS
from vaern.people import queries as people

_BARRED = frozenset({"excluded", "affected"})


class Crews:
    """Of the cases that fit `which` (as for `Case.objects.filter`). Three queries, and a handful for each manager and
    unit among them, however many the cases are."""

    def __init__(self, now: datetime, **which: object) -> None:
        self._today = now.astimezone(DANISH).date()
        self._parts: defaultdict[UUID, list[tuple[str, int]]] = defaultdict(list)
        self._managers: dict[tuple[int, int], int | None] = {}
        there = Part.objects.filter(until__isnull=True, **{f"case__{name}": value for name, value in which.items()})
        for case_id, role, user in there.values_list("case_id", "role", "user_id"):
            self._parts[case_id].append((role, user))
        everybody = {user for parts in self._parts.values() for _, user in parts}
        away = people.absent(everybody, today=self._today)
        self._instead = people.stand_ins(away, today=self._today) if away else {}

    def of(self, case: Case) -> Crew:
        handlers, affected = self.owners(case.pk, HANDLERS), self._held(case.pk, ("affected",))
        above = frozenset(found for user in sorted(handlers) if (found := self._above(user, case.unit_id))) - handlers
        return Crew(affected, handlers, above - affected, self._held(case.pk, ("excluded",)), case.in_danger)

    def owners(self, case_id: UUID, roles: Collection[str]) -> frozenset[int]:
        """Who has one of these parts; for whoever is away, those who stand in, when there are any."""
        barred = self._held(case_id, _BARRED)
        told = (self._instead.get(user, frozenset()) - barred or {user} for user in self._held(case_id, roles))
        return frozenset[int]().union(*told)

    def _held(self, case_id: UUID, roles: Collection[str]) -> frozenset[int]:
        return frozenset(user for role, user in self._parts[case_id] if role in roles)

    def _above(self, user: int, unit: int) -> int | None:
        if (user, unit) not in self._managers:
            found = people.manager_above(user, unit, today=self._today)
            self._managers[user, unit] = found.user_id if found else None
        return self._managers[user, unit]
