"""What the page of a case shows, gathered with a bounded number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from vaern.cases import queries
from vaern.cases.facts import URGENCIES, Planned, Urgency
from vaern.cases.rules import (
    events_missing,
    facts_missing,
    may_settle,
    sees_notes,
)
from vaern.cases.service.duties import attempt_of
from vaern.evidence import queries as evidence
from vaern.evidence.facts import Item
from vaern.evidence.rules import for_handing_out
from vaern.guideline.facts import Row, State
from vaern.guideline.pack import Modality
from vaern.people import doors
from vaern.people import queries as people
from vaern.stamps import queries as stamps
from vaern.web.case_facts import known
from vaern.web.duty_rows import Heap, RowView, heaps, is_settled, show_row
from vaern.web.duty_texts import ANSWERS, DueView, is_law, show_due
from vaern.web.guideline_texts import Said, say, say_label
from vaern.web.screens.case.timeline import timeline

OPEN: tuple[Urgency, ...] = ("now", "today", "hours_72", "week", "later")
_MODALITIES = (Modality.MUST, Modality.MUST_NOT, Modality.SHOULD, Modality.MAY)
ACTS = (
    "write_message",
    "write_note",
    "note_conversation",
    "note_facts",
    "bring_in",
    "name_affected",
    "shut_out",
    "unname_affected",
    "close_case",
    "reopen_case",
    "take_in_evidence",
    "hold_evidence",
    "lift_hold",
    "erase_evidence",
    "see_bundles",
    "see_letters",
    "see_handovers",
    "see_watches",
    "see_referrals",
)


@dataclass(frozen=True, slots=True)
class ClockView:
    """A deadline that law or good practice sets on a duty."""

    row: RowView
    due: DueView


@dataclass(frozen=True, slots=True)
class Asked:
    """Something only the affected employee answers, and her answer."""

    question: Said
    answer: str


def show_case(request: Any, now: datetime, language: str) -> dict[str, Any]:
    case, relations = request.case, request.relations
    plan = queries.plan_of(case, now)
    views = {row.id: show_row(plan.composed, row, case.pk, now, language) for row in plan.rows}
    notes = sees_notes(relations)
    items = evidence.items_of_case(case.pk)
    if not doors.may_see_originals(relations):
        items = for_handing_out(items)
    return {
        "case": case,
        "label": queries.label(case),
        "silence": queries.silence_of(case, now),
        "next": next_for(case, plan, relations, views),
        "known": known(case, plan.composed, language),
        "items": with_names(items, evidence.looking_alike(items)),
        "hold": evidence.open_hold(case.pk),
        "stamps": stamps.states(items, now),
        "timeline": timeline(case.pk, plan.composed, relations, language, limit=20),
        "parts": queries.parts(case),
        "said": queries.messages(case),
        "accounts": queries.accounts(case),
        "sees_notes": notes,
        "conversations": queries.conversations(case) if notes else (),
        "needs_said": queries.needs(case),
        "notes": queries.notes(case) if notes else (),
        "asked": answers(case, plan, language),
        "missing": missing(case, plan, language),
        "clocks": clocks(plan, views, now, language),
        "may": {act: True for act in ACTS if doors.may(act, relations)},
        "advice": advice(plan, language),
        **in_heaps(plan.rows, views),
    }


def in_heaps(rows: Iterable[Row], views: dict[str, RowView]) -> dict[str, list[Heap] | list[RowView]]:
    """Open duties by urgency, those that wait, those that are settled, and those that have no place in the case."""
    rows = list(rows)
    settled = [views[row.id] for row in rows if is_settled(row)]
    ended = {State.DONE, State.DECLINED, State.NOT_RELEVANT}
    return {
        "heaps": heaps(views.values(), OPEN),
        "waiting": [view for view in views.values() if view.urgency == "waiting"],
        "settled": sorted(
            settled, key=lambda view: view.settled_at.isoformat() if view.settled_at else "", reverse=True
        ),
        "apart": [views[row.id] for row in rows if row.state in ended and not is_settled(row)],
    }


def next_for(case: Any, plan: Planned, relations: frozenset[str], views: dict[str, RowView]) -> RowView | None:
    """The duty this person should do first: their own, owed, what burns before what must before what may."""
    if case.state != "open":
        return None
    own = [row for row in plan.rows if row.state is State.OWED and _is_own(case, plan, row, relations)]
    order = sorted(own, key=lambda row: (_urgency(views[row.id]), _MODALITIES.index(Modality(row.modality))))
    return views[order[0].id] if order else None


def _urgency(view: RowView) -> int:
    return URGENCIES.index(view.urgency)


def _is_own(case: Any, plan: Planned, row: Row, relations: frozenset[str]) -> bool:
    attempt = attempt_of(case, plan, row.id, relations, 0)
    return not relations.isdisjoint(attempt.owner_kinds) and may_settle(attempt) is None


def with_names(items: Sequence[Item], alike: Mapping[UUID, int]) -> list[tuple[Item, str, int | None]]:
    """Each item, who laid it there, and the number of an earlier one that it looks like."""
    names = people.names({item.added_by for item in items})
    return [(item, names.get(item.added_by, ""), alike.get(item.id)) for item in items]


def answers(case: Any, plan: Planned, language: str) -> list[Asked]:
    """The employee's answers as she gave them; what she was not asked, because no duty needs it, when unanswered."""
    needed = {gate.of for duty in plan.composed.pack.duties for gate in duty.gates if gate.kind == "wish"}
    return [
        Asked(say_label(plan.composed, f"consent:{name}", language), str(ANSWERS[case.consents.get(name, "unknown")]))
        for name in plan.composed.consent
        if name in needed or name in case.consents
    ]


def advice(plan: Planned, language: str) -> list[tuple[Said, Said]]:
    """The guideline's own texts meant for the page of a case: title and text."""
    found = queries.advice(plan.composed, "case")
    said = [[say(plan.composed, f"passage:{one.id}", field, language) for field in ("title", "text")] for one in found]
    return [(title, text) for title, text in said]


def missing(case: Any, plan: Planned, language: str) -> list[Said]:
    """What some duty waits to know."""
    if case.state != "open":
        return []
    facts = [f"fact:{name}" for name in facts_missing(plan.rows)]
    events = [f"event:{name}" for name in events_missing(plan.composed, plan.rows, case.events)]
    return [say_label(plan.composed, of, language) for of in (*facts, *events)]


def clocks(plan: Planned, views: dict[str, RowView], now: datetime, language: str) -> list[ClockView]:
    """The clocks of law and good practice that run, the first to ring on top."""
    found = [
        ClockView(views[row.id], show_due(plan.composed, row, due, now, language))
        for row in plan.rows
        for due in row.deadlines
        if due.at and is_law(plan.composed, due.layer) and row.state in (State.OWED, State.WAITING, State.BLOCKED)
    ]
    return sorted(found, key=lambda clock: clock.due.at or now)
