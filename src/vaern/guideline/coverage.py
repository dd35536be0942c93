"""Clause by clause: what in the pack carries it, so that nothing of the source is lost on the way.

Only what somebody can read or do carries a clause. Being named as the other side of an ambiguity, or being
changed by an overlay, does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from vaern.core.text import gettext_noop
from vaern.guideline.pack import Duty, Pack

SYSTEM_RULES: dict[str, str] = {
    "silence_clock": gettext_noop("Værn holder øje med, hvor længe den ramte ikke har hørt noget."),
    "scope": gettext_noop("Værn bruger kun pakken i de enheder, den gælder for."),
    "need_to_know": gettext_noop("Kun den, der har en rolle i sagen, kan se den."),
    "report": gettext_noop("Anmeldelsen i Værn spørger om det."),
    "my_account": gettext_noop("Den ramte kan skrive mere til sin egen redegørelse, så længe sagen er åben."),
    "closing": gettext_noop("En sag kan ikke lukkes, mens en pligt, der skal gøres, er åben."),
}
"""What Værn itself does without a duty in the pack; a clause may say that one of these carries it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """One clause. `carried_by` reads "duty:inform"; `reason` is the pack's own word for why nothing carries it."""

    clause: str
    title: str
    carried_by: tuple[str, ...]
    reason: str

    @property
    def accounted(self) -> bool:
        return bool(self.carried_by or self.reason)


def coverage(pack: Pack) -> tuple[Coverage, ...]:
    """A row for each clause, in the order of the source. One nobody carries has `carried_by` and `reason` empty."""
    found: dict[str, list[str]] = {clause.id: [] for clause in pack.clauses}
    for clause, carrier in carriers(pack):
        if clause in found and carrier not in found[clause]:
            found[clause].append(carrier)
    return tuple(Coverage(clause.id, clause.title, tuple(found[clause.id]), clause.none) for clause in pack.clauses)


def carriers(pack: Pack) -> Iterator[tuple[str, str]]:
    """(clause, "kind:id") for everything that carries a clause, known or not."""
    for clause in pack.clauses:
        if clause.rule:
            yield clause.id, f"rule:{clause.rule}"
    for duty in pack.duties:
        yield from _of_duty(duty)
    for kind, entries in _simple(pack):
        for entry in entries:
            for number in entry.clauses:
                yield number, f"{kind}:{entry.id}"


def _of_duty(duty: Duty) -> Iterator[tuple[str, str]]:
    """Exceptions and decision rights are read on the duty's own page; an alternative is a thing to choose."""
    rights = duty.decision_right.clauses if duty.decision_right else ()
    for number in (*duty.clauses, *rights, *(clause for each in duty.exceptions for clause in each.clauses)):
        yield number, f"duty:{duty.id}"
    for alternative in duty.alternatives:
        for number in alternative.clauses:
            yield number, f"alternative:{duty.id}.{alternative.id}"


class _Carrier(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def clauses(self) -> tuple[str, ...]: ...


def _simple(pack: Pack) -> Iterator[tuple[str, Sequence[_Carrier]]]:
    yield "standing", pack.standing
    yield "passage", pack.passages
    yield "definition", pack.definitions
    yield "role", pack.roles
    yield "contact", pack.contacts
    yield "register", pack.registers
    yield "measure", pack.measures
    yield "consent", pack.consents
    yield "letter", pack.letters
    yield "fact", pack.facts
