"""An overlay: a unit's guideline that differs from its parent by a word here and a duty there.

The word is changed in what people read, never in an id, a number or a reference to law. Whole words only, so that
"leder" leaves "lederen" alone; a capital at the start of a sentence is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from vaern.core.text import gettext_noop
from vaern.guideline.composed import KINDS
from vaern.guideline.pack import Clause, Legal, Overlay, Pack, Part, Translation
from vaern.guideline.problem import Problem

NO_CLAUSE = gettext_noop("Punktet findes ikke i %(parent)s.")
NO_WORD = gettext_noop("“%(word)s” står ikke i noget, der hører til punktet i %(parent)s.")

WORDS = frozenset({
    "title", "text", "label", "help", "name", "question", "reason", "unless_reason", "modality_words", "words",
    "missed", "qualification", "others_may", "declined_text", "scope", "ends", "takes", "reference_label", "purpose",
    "body", "what_for", "hours", "synonyms", "examples", "track", "none",
})  # fmt: skip
"""The fields a word is changed in: all that is written for a reader."""

FIXED = frozenset({
    "id", "kind", "fact", "is_", "at_least", "at_most", "role", "to", "after", "anchor", "anchors", "reference",
    "until", "who", "then", "answered_by", "counts_as", "duty", "outcomes", "of", "clauses", "against", "source",
    "act", "stands_in_for", "register_", "letter", "contacts", "events", "brings_in", "first", "part_of", "phone",
    "ean", "url", "email", "owner", "rule", "language", "fields", "fallback", "roles", "phase", "modality", "mode",
    "certainty", "show", "proof", "choose", "declined_by", "ask_at", "reachable", "fallback_when", "last_checked",
    "expires",
})  # fmt: skip
"""The text-typed fields that are left alone. A test holds that every such field stands in one of the two."""


def lay_words(parent: Pack, overlay: Pack) -> tuple[Pack, list[Problem]]:
    """`parent` with each of the overlay's words changed, and what could not be: a clause or a word not there."""
    problems = []
    for change in overlay.overlays:
        changed = _change(parent, change)
        if changed is None:
            problems.append(_fault(parent, overlay, change))
        else:
            parent = changed
    return parent, problems


def _fault(parent: Pack, overlay: Pack, change: Overlay) -> Problem:
    there = any(clause.id == change.clause for clause in parent.clauses)
    reason, params = (
        NO_WORD if there else NO_CLAUSE,
        {"word": change.replace, "parent": parent.pack.id},
    )
    return Problem(overlay.pack.id, f"overlays '{change.clause}'", reason, params)


def _change(pack: Pack, change: Overlay) -> Pack | None:
    swap = _swapper(change.replace, change.with_)
    arrays = {
        array: tuple(_in_part(entry, change.clause, False, swap) for entry in getattr(pack, array)) for array in KINDS
    }
    changed = pack.model_copy(update=arrays)
    return None if changed == pack else changed


def _swapper(old: str, new: str) -> Callable[[str], str]:
    pattern = re.compile(rf"(?<!\w)({re.escape(old[0])}|{re.escape(old[0].upper())}){re.escape(old[1:])}(?!\w)")

    def swapped(found: re.Match[str]) -> str:
        return new if found[1] == old[0] else new[:1].upper() + new[1:]

    return lambda text: pattern.sub(swapped, text)


def _in_part(part: Part, clause: str, inside: bool, swap: Callable[[str], str]) -> Part:
    """A piece with clauses of its own is judged by those; one without follows the piece it lies in."""
    if isinstance(part, Legal | Translation):
        return part
    if isinstance(part, Clause):
        inside = part.id == clause
    elif own := getattr(part, "clauses", ()):
        inside = clause in own
    update = {
        field: _in_value(getattr(part, field), clause, inside, swap if field in WORDS else None, swap)
        for field in type(part).model_fields
    }
    return part.model_copy(update=update)


def _in_value(
    value: Any,
    clause: str,
    inside: bool,
    here: Callable[[str], str] | None,
    swap: Callable[[str], str],
) -> Any:
    """`here` swaps in this very field (None: leave it); `swap` goes on to the pieces below."""
    if isinstance(value, Part):
        return _in_part(value, clause, inside, swap)
    if isinstance(value, tuple):
        return tuple(_in_value(one, clause, inside, here, swap) for one in value)
    if type(value) is str and inside and here:
        return here(value)
    return value
