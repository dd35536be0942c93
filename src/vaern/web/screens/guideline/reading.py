"""A guideline laid out for reading. What it leaves unknown is shown as unknown; what a layer adds is shown apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from vaern.guideline.composed import Composed
from vaern.guideline.pack import Certainty, Duty, Head, Legal, Modality, Phase, Standing
from vaern.web.contacts import call
from vaern.web.guideline_texts import Said, mark, say, say_label

PHASES = {
    Phase.BEFORE: _("Før: forebyggelse"),
    Phase.DISCOVER: _("Når det bliver opdaget"),
    Phase.HANDLE: _("Når sagen bliver håndteret"),
    Phase.FOLLOW_UP: _("Bagefter"),
}
MODALITIES = {
    Modality.MUST: _("skal"),
    Modality.SHOULD: _("bør"),
    Modality.MAY: _("kan"),
    Modality.MUST_NOT: _("må ikke"),
}
CERTAINTIES = {
    Certainty.V: _("Ordlyden er læst i loven eller på myndighedens egen side."),
    Certainty.V2: _("Læst i en anden kilde, der gengiver den."),
}
GOVERNANCE = {
    "owner": _("Ejer"),
    "editor": _("Redaktør"),
    "approver": _("Godkendt af"),
    "decided": _("Godkendt"),
    "published": _("Offentliggjort"),
    "updated": _("Opdateret"),
    "valid_from": _("Gælder fra"),
    "valid_to": _("Gælder til"),
    "review": _("Gennemses"),
    "journal_number": _("Journalnummer"),
}
_MAYBE_EMPTY = {"review", "journal_number"}


def read(composed: Composed, language: str) -> dict[str, Any]:
    head = composed.pack.pack
    return {
        "title": mark(composed, "pack", head.title, language),
        "head": head,
        "scope": mark(composed, "pack", head.scope, language),
        "note": mark(composed, "pack", head.governance.note, language),
        "governance": _governance(composed, language),
        "passages": [_passage(composed, one, language) for one in _own(composed, "passage", composed.pack.passages)],
        "definitions": [_definition(composed, one, language) for one in composed.pack.definitions],
        "phases": _phases(composed, language),
        "standing": [_duty(composed, "standing", one, language) for one in composed.pack.standing],
        "contacts": [call(composed, one.id, language) for one in _own(composed, "contact", composed.pack.contacts)],
        "layers": [_layer(composed, layer, language) for layer in composed.layers if layer.kind == "layer"],
    }


def _governance(composed: Composed, language: str) -> list[tuple[Any, Said | str | date]]:
    """Each line of it; "unknown" stays what it is, and only what may be empty is left out."""
    head = composed.pack.pack
    given = [(name, label, getattr(head.governance, name)) for name, label in GOVERNANCE.items()]
    kept = [(label, value) for name, label, value in given if value or name not in _MAYBE_EMPTY]
    words = ((label, value, isinstance(value, str) and value != "unknown") for label, value in kept)
    return [(label, mark(composed, "pack", value, language) if said else value) for label, value, said in words]


def _is_own(composed: Composed, of: str) -> bool:
    """Whether an entry is the guideline's own, also through an overlay, and not a layer's."""
    layers = {layer.id for layer in composed.layers if layer.kind == "layer"}
    return composed.layer_of(of) not in layers


def _own(composed: Composed, kind: str, entries: Iterable[Any]) -> list[Any]:
    return [one for one in entries if _is_own(composed, f"{kind}:{one.id}")]


def _passage(composed: Composed, one: Any, language: str) -> dict[str, Any]:
    of = f"passage:{one.id}"
    return {
        "kind": one.kind,
        "title": say(composed, of, "title", language),
        "text": say(composed, of, "text", language),
        "clauses": one.clauses,
        "legal": [_legal(composed, of, law, language) for law in one.legal],
    }


def _legal(composed: Composed, of: str, law: Legal, language: str) -> dict[str, Any]:
    return {
        "reference": mark(composed, of, law.reference, language),
        "text": mark(composed, of, law.text, language),
        "certainty": CERTAINTIES[law.certainty],
        "checked_on": law.checked_on,
        "source": mark(composed, of, law.source, language),
    }


def _definition(composed: Composed, one: Any, language: str) -> dict[str, Any]:
    of = f"definition:{one.id}"
    return {
        "name": say(composed, of, "name", language),
        "text": say(composed, of, "text", language),
        "examples": [mark(composed, of, text, language) for text in one.examples],
        "synonyms": [mark(composed, of, text, language) for text in one.synonyms],
        "part_of": say(composed, f"definition:{one.part_of}", "name", language) if one.part_of else "",
        "clauses": one.clauses,
    }


def _phases(composed: Composed, language: str) -> list[dict[str, Any]]:
    own = _own(composed, "duty", composed.pack.duties)
    found = [(label, [one for one in own if one.phase == phase]) for phase, label in PHASES.items()]
    return [
        {"label": label, "duties": [_duty(composed, "duty", one, language) for one in duties]}
        for label, duties in found
        if duties
    ]


def _duty(composed: Composed, kind: str, one: Duty | Standing, language: str) -> dict[str, Any]:
    of = f"{kind}:{one.id}"
    deadline = one.deadline if isinstance(one, Duty) else None
    own_word = mark(composed, of, one.modality_words, language) if one.modality_words else None
    return {
        "title": say(composed, of, "title", language),
        "text": say(composed, of, "text", language),
        "owners": [say_label(composed, f"role:{role}", language) for role in one.owners.roles],
        "modality": own_word or MODALITIES[one.modality],
        "words": mark(composed, of, deadline.words, language) if deadline and deadline.words else "",
        "clauses": one.clauses,
        "ambiguities": [mark(composed, of, two.text, language) for two in _ambiguities(one)],
        "legal": [_legal(composed, of, law, language) for law in (one.legal if isinstance(one, Duty) else ())],
    }


def _ambiguities(one: Duty | Standing) -> tuple[Any, ...]:
    return one.ambiguities if isinstance(one, Duty) else ()


def _layer(composed: Composed, layer: Head, language: str) -> dict[str, Any]:
    """What one layer adds: its texts, duties, deadlines, orders and contacts, each with where it stands."""

    def from_it(kind: str, entries: Iterable[Any]) -> list[Any]:
        return [one for one in entries if composed.layer_of(f"{kind}:{one.id}") == layer.id]

    return {
        "title": Said(layer.title, "" if layer.language == language else layer.language),
        "scope": Said(layer.scope, "" if layer.language == language else layer.language),
        "version": layer.version,
        "suggestion": layer.basis == "suggestion",
        "passages": [_passage(composed, one, language) for one in from_it("passage", composed.pack.passages)],
        "duties": [_duty(composed, "duty", one, language) for one in from_it("duty", composed.pack.duties)],
        "clocks": [_clock(composed, one, language) for one in from_it("clock", composed.pack.clocks)],
        "orders": [_order(composed, one, language) for one in from_it("order", composed.pack.orders)],
        "offences": [_offence(composed, one, language) for one in from_it("offence", composed.pack.offences)],
        "contacts": [call(composed, one.id, language) for one in from_it("contact", composed.pack.contacts)],
    }


def _clock(composed: Composed, one: Any, language: str) -> dict[str, Any]:
    of, deadline = f"clock:{one.id}", one.deadline
    return {
        "about": [say_label(composed, f"duty:{duty}", language) for duty in composed.by_act.get(one.act, ())],
        "words": mark(composed, of, deadline.words, language),
        "reference": mark(composed, of, deadline.reference, language),
        "certainty": CERTAINTIES.get(deadline.certainty, "") if deadline.certainty else "",
        "checked_on": deadline.checked_on,
    }


def _offence(composed: Composed, one: Any, language: str) -> dict[str, Any]:
    of = f"offence:{one.id}"
    return {
        "title": say(composed, of, "title", language),
        "text": say(composed, of, "text", language),
        "legal": [_legal(composed, of, law, language) for law in one.legal],
    }


def _order(composed: Composed, one: Any, language: str) -> dict[str, Any]:
    of = f"order:{one.id}"
    return {
        "reason": say(composed, of, "reason", language),
        "legal": [_legal(composed, of, law, language) for law in one.legal],
    }
