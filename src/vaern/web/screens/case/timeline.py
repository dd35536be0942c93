"""The journal of a case as sentences. Opening a page is left out: who looked has a page of its own. So are the
stamps of the evidence: they stand beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vaern.cases.rules import sees_notes
from vaern.guideline.composed import Composed
from vaern.journal import queries as journal
from vaern.journal.facts import Entry
from vaern.journal.rules import ACTS
from vaern.people import queries as people
from vaern.web.duty_texts import ANSWERS, say_outcome
from vaern.web.guideline_texts import Said, say_label
from vaern.web.paging import whole_moments
from vaern.web.templatetags.case import role_name

LEFT_OUT = frozenset(
    {
        "see_case", "see_evidence", "preview_evidence", "read_evidence", "stamp_evidence", "derive_evidence",
        "scan_evidence", "search_evidence",
    }
)  # fmt: skip
PAGE = 50


@dataclass(frozen=True, slots=True)
class Happened:
    """One act: when, who, the journal's sentence, and what it was about."""

    at: datetime
    who: str
    sentence: str
    about: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Newest first. `before` is the cursor of the next page, "" on the last."""

    rows: tuple[Happened, ...]
    before: str


def timeline(
    case_id: UUID,
    composed: Composed,
    relations: Collection[str],
    language: str,
    *,
    before: datetime | None = None,
    limit: int = PAGE,
) -> Timeline:
    """Two queries, however long the history."""
    acts = ACTS.keys() - LEFT_OUT - (set() if sees_notes(relations) else {"write_note"})
    found = journal.entries_of(f"case:{case_id}", acts=acts, before=before, limit=limit + 1)
    page, older = whole_moments(found, limit)
    names = people.names({*(one.actor_id for one in page if one.actor_id), *_people_in(page)})
    rows = tuple(_happened(entry, composed, names, language) for entry in page)
    return Timeline(rows, older)


def _people_in(page: Iterable[Entry]) -> set[int]:
    said: list[dict[str, Any]] = [entry.data for entry in page]
    moves = [move for data in said for move in data.get("moves", ())]
    named = [*(data.get("user") for data in said), *(move[key] for move in moves for key in ("user", "to"))]
    return {user for user in named if isinstance(user, int)}


def _happened(entry: Entry, composed: Composed, names: dict[int, str], language: str) -> Happened:
    who = entry.actor_name or names.get(entry.actor_id or 0, "") or _("Værn")
    return Happened(entry.at, who, _(ACTS[entry.act]), tuple(_about(entry, composed, names, language)))


def _about(entry: Entry, composed: Composed, names: dict[int, str], language: str) -> Iterable[Said]:
    data: dict[str, Any] = entry.data
    if "duty" in data:
        yield say_label(composed, f"duty:{data['duty']}", language)
        yield say_outcome(composed, data["duty"], data["outcome"], language)
    if "consent" in data:
        yield say_label(composed, f"consent:{data['consent']}", language)
        yield Said(str(ANSWERS.get(data["answer"], data["answer"])))
    for name in data.get("changed", ()):
        yield say_label(composed, f"{'fact' if name in composed.fact else 'event'}:{name}", language)
    for move in data.get("moves", ()):
        yield Said(_say_move(move, names))
    if "user" in data:
        yield Said(names.get(data["user"], ""))
        yield Said(role_name(data.get("role", "")))


def _say_move(move: dict[str, Any], names: dict[int, str]) -> str:
    said = {"name": names.get(move["user"], ""), "role": role_name(move["role"]), "to": names.get(move["to"] or 0, "")}
    if move["to"] is None:
        return _("%(name)s (%(role)s) er ikke længere med.") % said
    return _("fra %(name)s til %(to)s (%(role)s)") % said
