"""The receipt: the case number, who has it, what happens now, and what to do meanwhile."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from vaern.cases import queries as cases
from vaern.guideline.composed import Composed
from vaern.guideline.facts import Row, State
from vaern.guideline.pack import Passage, Phase
from vaern.web.contacts import crisis_calls
from vaern.web.doors import door
from vaern.web.guideline_texts import Said, mark, say, say_label

NEXT_SHOWN = 3
HAVE_IT = ("manager", "managers_manager")


@door("see_receipt")
@require_safe
def see_receipt(request: Any, case: UUID) -> HttpResponse:
    """No word of what happened stands here: it is also the page of whoever reported for somebody else."""
    language, now = get_language() or "da", timezone.now()
    plan, affected = cases.plan_of(request.case, now), "affected" in request.relations
    place = "receipt" if affected else "colleague"
    context = {
        "label": cases.label(request.case),
        "opened_at": request.case.opened_at,
        "closed": request.case.state == "closed",
        "affected": affected,
        "managers": [part.user.name for part in cases.parts(request.case) if part.role in HAVE_IT],
        "danger": request.case.facts.get("danger_now") == "yes" and request.case.state == "open",
        "steps": _next_steps(plan.composed, plan.rows, language) if affected else [],
        "advice": [_said(plan.composed, one, language) for one in _advice(plan.composed, place, affected)],
        "contacts": crisis_calls(plan.composed, language),
    }
    return render(request, "receipt/see_receipt.html", context)


def _advice(composed: Composed, place: str, affected: bool) -> list[Passage]:
    """The guideline's advice for this place, without what it says to others only (a colleague's list is not for the
    one it happened to)."""
    kinds = {"affected"} if affected else {"reporter", "colleague"}
    return [one for one in cases.advice(composed, place) if _concerns(composed, one, kinds)]


def _concerns(composed: Composed, passage: Passage, kinds: set[str]) -> bool:
    told = {composed.role[role].kind if role in composed.role else role for role in passage.to}
    return not told or not told.isdisjoint({*kinds, "employees"})


def _said(composed: Composed, one: Passage, language: str) -> dict[str, Any]:
    of = f"passage:{one.id}"
    return {
        "kind": one.kind,
        "title": say(composed, of, "title", language),
        "text": say(composed, of, "text", language),
        "clauses": one.clauses,
    }


def _next_steps(composed: Composed, rows: tuple[Row, ...], language: str) -> list[dict[str, Any]]:
    """The first things others now owe her: those she will hear of, in the guideline's order and words."""
    place = {duty.id: at for at, duty in enumerate(composed.pack.duties)}
    later = {duty.id: duty.phase is Phase.FOLLOW_UP for duty in composed.pack.duties}
    owed = [row for row in rows if row.state is State.OWED and _by_others(composed, row)]
    owed.sort(key=lambda row: (later[row.id], not composed.duty[row.id].tells_affected, place[row.id]))
    first = owed[:NEXT_SHOWN]
    return [_step(composed, row, language) for row in first]


def _by_others(composed: Composed, row: Row) -> bool:
    kinds = {composed.role[role].kind for role in row.owners if role in composed.role}
    return row.modality == "must" and bool(kinds & {"manager", "managers_manager", "secretariat"})


def _step(composed: Composed, row: Row, language: str) -> dict[str, Any]:
    who: list[Said] = [say_label(composed, f"role:{role}", language) for role in row.owners]
    words = mark(composed, f"duty:{row.id}", row.words, language)
    return {"title": say_label(composed, f"duty:{row.id}", language), "who": who, "due": row.due, "words": words}
