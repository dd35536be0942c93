"""A guideline with its layers and overlays laid together: what a case is pinned to, and what the planner reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from vaern.guideline.core_facts import (
    CORE_CONSENTS,
    CORE_EVENTS,
    CORE_FACTS,
    NAMED_OUTCOMES,
)
from vaern.guideline.pack import (
    Clock,
    Consent,
    Contact,
    Duty,
    Event,
    Fact,
    Head,
    Order,
    Pack,
    Part,
    Phase,
    Role,
)
from vaern.guideline.texts import texts_of

KINDS: Mapping[str, str] = {
    "clauses": "clause",
    "facts": "fact",
    "events": "event",
    "consents": "consent",
    "roles": "role",
    "duties": "duty",
    "standing": "standing",
    "clocks": "clock",
    "orders": "order",
    "offences": "offence",
    "definitions": "definition",
    "passages": "passage",
    "contacts": "contact",
    "registers": "register",
    "measures": "measure",
    "letters": "letter",
}
"""Array of a pack -> the word in front of the colon in "duty:inform". Every entry of these has an `id`."""

_LABELS = ("title", "label", "name", "question", "reason")


@dataclass(frozen=True, eq=False)
class Composed:
    """`pack` is the merged whole under the guideline's own head; `layers` are the heads of the other packs that
    took part, in the order they were laid on; `origin` says which pack each entry came from ("duty:inform" ->
    "national") where that is not the guideline itself. Compared by `digest`."""

    pack: Pack
    layers: tuple[Head, ...] = ()
    origin: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> str:
        """Canonical JSON: the same guideline gives the same text. Defaults are written out, so that a later version
        of the program reads an old case as it was, whatever its own defaults have become."""
        content = {
            "pack": self.pack.model_dump(mode="json", by_alias=True),
            "layers": [head.model_dump(mode="json", by_alias=True) for head in self.layers],
            "origin": dict(self.origin),
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Composed:
        """The inverse of `to_json`. Raises ValueError on text that no `to_json` has written."""
        content = json.loads(text)
        if not isinstance(content, dict) or set(content) != {
            "pack",
            "layers",
            "origin",
        }:
            raise ValueError("not a composed guideline")
        return cls(
            pack=Pack.model_validate(content["pack"]),
            layers=tuple(Head.model_validate(head) for head in content["layers"]),
            origin=tuple(sorted((str(of), str(layer)) for of, layer in content["origin"].items())),
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hex."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Composed) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    # --- finding things ----------------------------------------------------------------------------------

    @cached_property
    def duty(self) -> Mapping[str, Duty]:
        return {duty.id: duty for duty in self.pack.duties}

    @cached_property
    def place(self) -> Mapping[str, tuple[int, int]]:
        """Duty -> where it stands: the phases in their order, and within one as the packs tell it, layers last."""
        phases = list(Phase)
        return {duty.id: (phases.index(duty.phase), at) for at, duty in enumerate(self.pack.duties)}

    @cached_property
    def role(self) -> Mapping[str, Role]:
        return {role.id: role for role in self.pack.roles}

    @cached_property
    def fact(self) -> Mapping[str, Fact]:
        """Core facts and the pack's own."""
        return {fact.id: fact for fact in (*CORE_FACTS, *self.pack.facts)}

    @cached_property
    def event(self) -> Mapping[str, Event]:
        return {event.id: event for event in (*CORE_EVENTS, *self.pack.events)}

    @cached_property
    def consent(self) -> Mapping[str, Consent]:
        return {consent.id: consent for consent in (*CORE_CONSENTS, *self.pack.consents)}

    @cached_property
    def contact(self) -> Mapping[str, Contact]:
        return {contact.id: contact for contact in self.pack.contacts}

    @cached_property
    def clocks_of(self) -> Mapping[str, tuple[Clock, ...]]:
        """Act -> the clocks of layers laid on it."""
        return _grouped((clock.act, clock) for clock in sorted(self.pack.clocks, key=lambda clock: clock.id))

    @cached_property
    def by_act(self) -> Mapping[str, tuple[str, ...]]:
        """Act -> ids of the duties that carry it, alphabetical."""
        return _grouped(sorted((duty.act, duty.id) for duty in self.pack.duties if duty.act))

    @cached_property
    def held_by(self) -> Mapping[str, tuple[tuple[str, Order], ...]]:
        """Duty -> the duties it waits for by a layer's order, each with the order that says so."""
        pairs = (
            (then, (first, order))
            for order in sorted(self.pack.orders, key=lambda order: order.id)
            for act in dict.fromkeys(order.then)
            for then in self.by_act.get(act, ())
            for first in self.by_act.get(order.first, ())
            if first != then
        )
        return _grouped(pairs)

    @cached_property
    def outsiders_of(self) -> Mapping[str, tuple[Duty, ...]]:
        """Duty -> the duties whose unanswered deadline on an outsider makes it owed."""
        duties = sorted(self.pack.duties, key=lambda duty: duty.id)
        return _grouped((duty.outsider.then, duty) for duty in duties if duty.outsider)

    @cached_property
    def deciding_order(self) -> tuple[str, ...]:
        """Duty ids so that each comes after those its state hangs on. In a circle (a refusal that creates a new
        request) one is taken first, by name; the planner then reads the other's history instead of its state."""
        edges = {duty.id: self.hangs_on(duty) for duty in self.pack.duties}
        while True:
            try:
                return tuple(TopologicalSorter({at: sorted(edges[at]) for at in sorted(edges)}).static_order())
            except CycleError as circle:
                around = circle.args[1]
                first = min(around)
                edges[first] -= set(around)

    def hangs_on(self, duty: Duty) -> set[str]:
        """Ids of the duties whose state the state of `duty` is read from."""
        ids = {source.duty for source in duty.arises_from} | self.waits_on(duty)
        ids |= {source.id for source in self.outsiders_of.get(duty.id, ())}
        if duty.not_before and duty.not_before.anchor.startswith("duty:"):
            ids.add(duty.not_before.anchor.removeprefix("duty:"))
        return (ids & self.duty.keys()) - {duty.id}

    def waits_on(self, duty: Duty) -> set[str]:
        """Ids of the duties that must be settled first: by `after`, by an approval, by a layer's order."""
        return {
            *(after.duty for after in duty.after),
            *(gate.of for gate in duty.gates if gate.kind == "approval"),
            *(first for first, _ in self.held_by.get(duty.id, ())),
        }

    # --- saying things -----------------------------------------------------------------------------------

    @cached_property
    def _layer_of(self) -> Mapping[str, str]:
        return dict(self.origin)

    def layer_of(self, of: str) -> str:
        """Id of the pack that "duty:inform" came from."""
        return self._layer_of.get(of, self.pack.pack.id)

    def basis_of(self, layer: str) -> str:
        """What an entry from the pack `layer` stands on: "guideline" (or its local edition), "law", "suggestion"."""
        return next((head.basis for head in self.layers if head.id == layer and head.kind == "layer"), "guideline")

    @cached_property
    def silence_days(self) -> int | None:
        """The guideline's own number, else the first layer's that names one."""
        heads = (self.pack.pack, *self.layers)
        return next((head.silence_days for head in heads if head.silence_days is not None), None)

    @cached_property
    def requires_children(self) -> tuple[str, ...]:
        """Local guidelines each workplace must write, asked for by the guideline or by a layer."""
        return tuple(
            dict.fromkeys(child for head in (self.pack.pack, *self.layers) for child in head.requires_children)
        )

    @cached_property
    def _entries(self) -> Mapping[str, Part]:
        own = {f"{kind}:{entry.id}": entry for array, kind in KINDS.items() for entry in getattr(self.pack, array)}
        core = {"fact": self.fact, "event": self.event, "consent": self.consent}
        return own | {f"{kind}:{name}": entry for kind, found in core.items() for name, entry in found.items()}

    def entry(self, of: str) -> Part | None:
        """The entry "duty:inform", "role:leder", "fact:absence" ...; None when there is none."""
        return self._entries.get(of)

    def label(self, of: str) -> str:
        """What "duty:inform" is called, in the pack's first language; its id when it has no name of its own."""
        entry = self.entry(of)
        names = (str(getattr(entry, field, "")) for field in _LABELS)
        return next((name for name in names if name), of.partition(":")[2])

    def option_label(self, fact: str, value: str) -> str:
        """The label of one value of a fact; the value itself when it has none (yes/no, numbers)."""
        options = self.fact[fact].values if fact in self.fact else ()
        return next((option.label for option in options if option.id == value), value)

    def outcome_label(self, duty: str, outcome: str) -> str:
        """The pack's word for an outcome of its own; the id of a built-in one, which the screens name."""
        outcomes = self.duty[duty].outcomes if duty in self.duty and outcome not in NAMED_OUTCOMES else ()
        return next((one.label for one in outcomes if one.id == outcome), outcome)

    @cached_property
    def _translated(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        return {(one.of, one.language): one.fields for one in self.pack.translations}

    def translated(self, of: str, field: str, language: str) -> str | None:
        """A field's own text in another language; None when the pack has none (the first language is then shown,
        and marked so)."""
        return self._translated.get((of, language), {}).get(field)

    def translated_text(self, of: str, text: str, language: str) -> str | None:
        """The same for a text that lies somewhere in the entry: a deadline's words, the label of an outcome. What comes
        from another entry (a clock, an order) is found there, unless two entries say it differently."""
        known = self._in_other_words
        return known.get((of, language, text)) or known.get(("", language, text))

    @cached_property
    def _in_other_words(self) -> Mapping[tuple[str, str, str], str]:
        known: dict[tuple[str, str, str], str] = {}
        anywhere: dict[tuple[str, str, str], set[str]] = {}
        for one in self.pack.translations:
            own = texts_of(entry) if (entry := self.entry(one.of)) else {}
            for path, words in one.fields.items():
                if text := own.get(path):
                    known[one.of, one.language, text] = words
                    anywhere.setdefault(("", one.language, text), set()).add(words)
        return known | {key: said.pop() for key, said in anywhere.items() if len(said) == 1}


Key = TypeVar("Key")
Value = TypeVar("Value")


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> Mapping[Key, tuple[Value, ...]]:
    groups: dict[Key, list[Value]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
