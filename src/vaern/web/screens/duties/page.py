"""Everything the page of one duty shows, gathered and put into words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from vaern.cases.facts import Attempt
from vaern.cases.queries import fulfilments
from vaern.cases.rules import may_settle, sees_records
from vaern.core.refusal import Refusal
from vaern.guideline.composed import Composed
from vaern.guideline.facts import Row, State, Why
from vaern.guideline.pack import Contact, Duty, Gate, Legal
from vaern.web import duty_texts as texts
from vaern.web.case_facts import Line, known
from vaern.web.duty_rows import RowView, show_row
from vaern.web.guideline_texts import Said, mark, say, say_label, titles
from vaern.web.refusals import say_refusal
from vaern.web.screens.duties.words import LABELS


@dataclass(frozen=True, slots=True)
class ClauseView:
    number: str
    words: Said


@dataclass(frozen=True, slots=True)
class AmbiguityView:
    text: Said
    against: tuple[ClauseView, ...]


@dataclass(frozen=True, slots=True)
class LegalView:
    law: Legal
    reference: Said
    text: Said
    source: Said


@dataclass(frozen=True, slots=True)
class GateView:
    question: Said
    answer: str
    reason: Said


@dataclass(frozen=True, slots=True)
class ContactView:
    contact: Contact
    name: Said
    what_for: Said
    hours: Said
    freshness: str
    stale: bool


@dataclass(frozen=True, slots=True)
class RecordView:
    """One time the duty was settled: how, when, by whom, with what."""

    outcome: Said
    at: datetime
    recorded_at: datetime
    by: str
    role: Said
    choice: tuple[Said, ...]
    lines: tuple[tuple[str, str], ...]
    in_vaern: bool


@dataclass(frozen=True, slots=True)
class DutyPage:
    row: RowView
    duty: Duty
    text: Said
    clauses: tuple[ClauseView, ...]
    layer: str
    modality: str
    dues: tuple[texts.DueView, ...]
    repeat: str
    ambiguities: tuple[AmbiguityView, ...]
    legal: tuple[LegalView, ...]
    modality_words: Said
    declined_text: Said
    certainties: dict[str, Any]
    gates: tuple[GateView, ...]
    contacts: tuple[ContactView, ...]
    register: tuple[Said, Said] | None
    decides: tuple[Said, Said] | None
    outsider: tuple[Said, Said] | None
    letter: tuple[Said, bool] | None
    first: tuple[RowView, ...]
    records: tuple[RecordView, ...]
    known: tuple[Line, ...]
    refusal: str
    form: str
    """Which form is offered: "" none, "all", "again" (it is settled already), or "out" (only as not relevant)."""


def show_duty(
    case: Any, composed: Composed, rows: Iterable[Row], attempt: Attempt, now: datetime, language: str
) -> DutyPage:
    duty, row, of = attempt.duty, attempt.row, f"duty:{attempt.duty.id}"
    by_id = {one.id: one for one in rows}
    refusal = stops(attempt)
    sees = sees_records(attempt.relations)
    return DutyPage(
        row=show_row(composed, row, case.pk, now, language),
        duty=duty,
        text=say(composed, of, "text", language),
        clauses=_clauses(composed, duty.clauses, language),
        layer=_layer(composed, row, language),
        modality=str(texts.MODALITIES[row.modality]),
        dues=tuple(texts.show_due(composed, row, due, now, language) for due in row.deadlines),
        repeat=texts.say_repeat(composed, duty.repeat, language),
        ambiguities=tuple(
            AmbiguityView(
                mark(composed, of, one.text, language),
                _clauses(composed, sorted({*one.against} - {*duty.clauses}), language),
            )
            for one in duty.ambiguities
        ),
        legal=tuple(_legal(composed, of, law, language) for law in duty.legal),
        modality_words=say(composed, of, "modality_words", language),
        declined_text=say(composed, of, "declined_text", language),
        certainties=dict(texts.CERTAINTIES),
        gates=tuple(_gate(case, composed, gate, by_id, language) for gate in duty.gates),
        contacts=tuple(_contact(composed, one, now.date(), language) for one in duty.contacts),
        register=_pair(composed, f"register:{duty.register_}", "takes", language) if duty.register_ else None,
        decides=_decides(composed, duty, language),
        outsider=_outsider(composed, duty, language),
        letter=_letter(composed, duty, language),
        first=tuple(
            show_row(composed, by_id[ref], case.pk, now, language)
            for ref in (row.refs if row.why in texts.FIRST and row.state in (State.WAITING, State.BLOCKED) else ())
            if ref in by_id
        ),
        records=_records(case, composed, duty, language) if sees else (),
        known=tuple(known(case, composed, language)) if sees else (),
        refusal=say_refusal(refusal, titles(composed, language)) if refusal else "",
        form="" if refusal else offered(row),
    )


def stops(attempt: Attempt) -> Refusal | None:
    """Why this person gets no form, whatever would be typed in it."""
    if not attempt.open:
        return Refusal("case_closed", _("Sagen er afsluttet. Her kan ikke skrives mere."))
    return may_settle(attempt)


def offered(row: Row) -> str:
    if row.state is State.OWED:
        return "all"
    if row.why is Why.OUTCOME:
        return "again"
    if row.why is Why.OUTSIDER and row.state is State.WAITING and row.not_before is None:
        return "all"
    return "out" if row.state is State.BLOCKED else ""


def _clauses(composed: Composed, numbers: Iterable[str], language: str) -> tuple[ClauseView, ...]:
    return tuple(ClauseView(number, say(composed, f"clause:{number}", "title", language)) for number in numbers)


def _legal(composed: Composed, of: str, law: Legal, language: str) -> LegalView:
    reference, text, source = (mark(composed, of, words, language) for words in (law.reference, law.text, law.source))
    return LegalView(law, reference, text, source)


def _layer(composed: Composed, row: Row, language: str) -> str:
    sentences = {
        "law": _("Følger ikke af retningslinjen, men af lov eller god praksis."),
        "suggestion": _("Står ikke i retningslinjen eller loven. Det er et forslag, som ingen skal følge."),
    }
    return sentences.get(composed.basis_of(row.layer), "")


def _gate(case: Any, composed: Composed, gate: Gate, rows: dict[str, Row], language: str) -> GateView:
    kind = {"wish": "consent", "approval": "duty", "event": "event"}[gate.kind]
    return GateView(
        question=say_label(composed, f"{kind}:{gate.of}", language),
        answer=_gate_answer(case, gate, rows),
        reason=mark(composed, f"{kind}:{gate.of}", gate.reason, language),
    )


def _gate_answer(case: Any, gate: Gate, rows: dict[str, Row]) -> str:
    if gate.kind == "wish":
        return str(texts.ANSWERS[case.consents.get(gate.of, "unknown")])
    if gate.kind == "event":
        return _("Er sket") if gate.of in case.events else _("Er ikke sket endnu")
    return str(texts.STATES[rows[gate.of].state]) if gate.of in rows else ""


def _contact(composed: Composed, contact_id: str, today: date, language: str) -> ContactView:
    contact, of = composed.contact[contact_id], f"contact:{contact_id}"
    stale = isinstance(contact.expires, date) and contact.expires < today
    checked = contact.last_checked
    if isinstance(checked, date):
        said = _("Kontrolleret %(day)s.") % {"day": texts.say_day(checked)}
    else:
        said = _("Vi ved ikke, hvornår oplysningen sidst er kontrolleret.")
    return ContactView(
        contact, say(composed, of, "name", language), say(composed, of, "what_for", language),
        say(composed, of, "hours", language), said, stale,
    )  # fmt: skip


def _pair(composed: Composed, of: str, field: str, language: str) -> tuple[Said, Said]:
    return say_label(composed, of, language), say(composed, of, field, language)


def _decides(composed: Composed, duty: Duty, language: str) -> tuple[Said, Said] | None:
    right = duty.decision_right
    if right is None:
        return None
    return say_label(composed, f"role:{right.role}", language), mark(
        composed, f"duty:{duty.id}", right.others_may, language
    )


def _outsider(composed: Composed, duty: Duty, language: str) -> tuple[Said, Said] | None:
    if duty.outsider is None:
        return None
    who = say_label(composed, f"role:{duty.outsider.who}", language)
    return who, mark(composed, f"duty:{duty.id}", duty.outsider.words, language)


def _letter(composed: Composed, duty: Duty, language: str) -> tuple[Said, bool] | None:
    found = next((letter for letter in composed.pack.letters if letter.id == duty.letter), None)
    return (say(composed, f"letter:{found.id}", "purpose", language), found.example) if found else None


def _records(case: Any, composed: Composed, duty: Duty, language: str) -> tuple[RecordView, ...]:
    own = {alternative.id: alternative.label for alternative in duty.alternatives}
    return tuple(
        RecordView(
            outcome=texts.say_outcome(composed, duty.id, one.outcome, language),
            at=one.at,
            recorded_at=one.recorded_at,
            by=one.by.name,
            role=say_label(composed, f"role:{one.by_role}", language),
            choice=tuple(mark(composed, f"duty:{duty.id}", own.get(name, name), language) for name in one.choice),
            lines=tuple(_lines(duty, one.fields)),
            in_vaern="done_in_vaern" in one.fields,
        )
        for one in fulfilments(case).filter(duty=duty.id)
    )


def _lines(duty: Duty, fields: dict[str, str]) -> Iterable[tuple[str, str]]:
    for name, value in fields.items():
        if name in LABELS:
            yield str(LABELS.get((duty.kind, name), LABELS[name])), value
