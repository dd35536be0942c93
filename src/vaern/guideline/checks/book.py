"""The pack opened for checking: where each entry stands, and which ids a reference may mean.

A pack with a parent may point at whatever the parent has. A layer lies on guidelines it does not know by name: its
clocks and orders point at *acts*, and its roles are those of the guidelines beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from vaern.guideline.core_facts import CORE_CONSENTS, CORE_EVENTS, CORE_FACTS
from vaern.guideline.pack import Duty, Fact, Pack, Part, Role
from vaern.guideline.problem import Problem
from vaern.guideline.wording import joined, place_of

E = TypeVar("E", bound=Part)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the pack that a problem can be hung on. Put into words only when one is: a pack has thousands."""

    file: str
    entry: str
    path: tuple[str | int, ...] = ()

    def at(self, *steps: str | int) -> Spot:
        """A place further in: keys by name, positions from 0 (shown from 1)."""
        return Spot(self.file, self.entry, self.path + steps)

    @property
    def place(self) -> str:
        return joined(self.entry, self.path)

    def problem(self, reason: str, **params: str) -> Problem:
        return Problem(self.file, self.place, reason, params)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


class Book:
    """Look-ups over one pack, its parents and the others it may be laid on."""

    def __init__(
        self, pack: Pack, others: Mapping[str, Pack], files: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.pack = pack
        self.others = others
        self._files = files or {}

    def spots(self, kind: str, entries: Sequence[E]) -> Iterator[tuple[Spot, E]]:
        """Each entry of one array with its place; `kind` is the array's name in the files."""
        files = self._files.get(kind, ())
        for index, entry in enumerate(entries):
            file = files[index] if index < len(files) else ""
            name = {key: getattr(entry, key) for key in ("id", "clause", "of") if hasattr(entry, key)}
            yield Spot(file, place_of(kind, name, (), index + 1)), entry

    def head(self) -> Spot:
        return Spot("pack.toml" if self._files else "", "pack")

    def duties(self) -> Iterator[tuple[Spot, Duty]]:
        return self.spots("duties", self.pack.duties)

    @property
    def is_layer(self) -> bool:
        return self.pack.pack.kind == "layer"

    @cached_property
    def family(self) -> tuple[Pack, ...]:
        """The pack and its parents, nearest first; a parent that is missing or a circle ends the line."""
        line = [self.pack]
        seen = {self.pack.pack.id}
        while (parent := self.others.get(line[-1].pack.parent or "")) and parent.pack.id not in seen:
            seen.add(parent.pack.id)
            line.append(parent)
        return tuple(line)

    @cached_property
    def around(self) -> tuple[Pack, ...]:
        """What a reference may reach: the family, and for a layer every pack it may be laid on."""
        if not self.is_layer:
            return self.family
        return (*self.family, *(pack for pack in self.others.values() if pack not in self.family))

    @cached_property
    def knows_guidelines(self) -> bool:
        """False: a layer is checked on its own, so an act it does not carry itself cannot be judged."""
        return any(pack.pack.kind == "guideline" for pack in self.around)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in (*CORE_FACTS, *(fact for pack in self.around for fact in pack.facts))}

    @cached_property
    def roles(self) -> dict[str, Role]:
        return {role.id: role for pack in reversed(self.around) for role in pack.roles}

    @cached_property
    def events(self) -> frozenset[str]:
        return _ids((*CORE_EVENTS, *(event for pack in self.around for event in pack.events)))

    @cached_property
    def consents(self) -> frozenset[str]:
        return _ids((*CORE_CONSENTS, *(consent for pack in self.around for consent in pack.consents)))

    @cached_property
    def clauses(self) -> frozenset[str]:
        return _ids(clause for pack in self.family for clause in pack.clauses)

    @cached_property
    def contacts(self) -> frozenset[str]:
        return _ids(contact for pack in self.family for contact in pack.contacts)

    @cached_property
    def definitions(self) -> frozenset[str]:
        return _ids(definition for pack in self.around for definition in pack.definitions)

    @cached_property
    def acts(self) -> frozenset[str]:
        return frozenset(duty.act for pack in self.around for duty in pack.duties if duty.act)

    def act_known(self, act: str) -> bool:
        return act in self.acts or not self.knows_guidelines

    def meant(self, reference: str) -> Duty | None:
        """The duty a reference means. A layer may name a duty of the guideline it is written for."""
        return self._duties.get(reference)

    @cached_property
    def _duties(self) -> dict[str, Duty]:
        return {duty.id: duty for pack in reversed(self.around) for duty in pack.duties}

    def duty_known(self, reference: str) -> bool:
        return self.meant(reference) is not None or (self.is_layer and not self.knows_guidelines)

    def role_known(self, role: str) -> bool:
        return role in self.roles or (self.is_layer and not self.knows_guidelines)


def _ids(entries: Iterable[_Named]) -> frozenset[str]:
    return frozenset(entry.id for entry in entries)
