"""Who is there to owe a duty: roles after absence, closing time, and being part of the problem."""

from __future__ import annotations

from dataclasses import dataclass, field

from vaern.guideline.composed import Composed
from vaern.guideline.facts import CaseFacts


@dataclass(frozen=True)
class Crew:
    """The roles of one case at one moment. Keeps what it has worked out, since many duties share few roles."""

    composed: Composed
    case: CaseFacts
    _present: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    _stand_ins: dict[str, str | None] = field(default_factory=dict)
    _chains: dict[str, frozenset[str]] = field(default_factory=dict)

    def present(self, roles: tuple[str, ...]) -> tuple[str, ...]:
        """`roles` with each one that is away replaced by who takes over, and left out when nobody does."""
        if roles not in self._present:
            found = (self.stand_in(role) for role in roles)
            self._present[roles] = tuple(dict.fromkeys(role for role in found if role is not None))
        return self._present[roles]

    def stand_in(self, role: str) -> str | None:
        """`role` itself when it is there, else the nearest of its fallbacks that is; None when nobody is left."""
        if role not in self._stand_ins:
            self._stand_ins[role] = self._find_stand_in(role)
        return self._stand_ins[role]

    def chain(self, role: str) -> frozenset[str]:
        """`role` and everybody who may ever stand in for it."""
        if role not in self._chains:
            self._chains[role] = frozenset(self._in_order(role))
        return self._chains[role]

    def kind(self, role: str) -> str:
        declared = self.composed.role.get(role)
        return declared.kind if declared else ""

    def _find_stand_in(self, role: str) -> str | None:
        for candidate in self._in_order(role):
            if not self._away(candidate) and not self._off_duty(candidate):
                return candidate
        # Nobody is at work: the first who is neither absent nor part of it owes it still, and gets it in the morning.
        return next((candidate for candidate in self._in_order(role) if not self._away(candidate)), None)

    def _in_order(self, role: str) -> list[str]:
        """The role, then its fallbacks in the pack's order, then theirs."""
        line = [role]
        for one in line:
            declared = self.composed.role.get(one)
            line += [other for other in (declared.fallback if declared else ()) if other not in line]
        return line

    def _away(self, role: str) -> bool:
        """Whoever is part of it is always out, whatever the pack says; one merely absent only where it says so."""
        if role in self.case.part_of_it:
            return True
        declared = self.composed.role.get(role)
        return role in self.case.absent and (declared is None or "absent" in declared.fallback_when)

    def _off_duty(self, role: str) -> bool:
        declared = self.composed.role.get(role)
        return self.case.out_of_hours and declared is not None and "out_of_hours" in declared.fallback_when
