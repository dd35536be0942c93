"""What is said in a case: messages, internal notes, the employee's own account, her consents, new facts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vaern.cases.models import Account, Case, Message, Note, Part
from vaern.cases.planning import composed_of
from vaern.cases.rules import check_consent, check_facts, check_text
from vaern.cases.rules.checks import check_open
from vaern.cases.service.change import add_holders, lock, record, renew, settle_owed
from vaern.core.refusal import Refusal, Refused
from vaern.people.facts import Actor


def write_message(*, actor: Actor, case_id: UUID, from_affected: bool, text: str, now: datetime) -> Message:
    """A message between the employee and those who handle the case; from them, it ends the silence."""
    _checked(check_text(text))
    with transaction.atomic():
        case = lock(case_id)
        _checked(check_open(case.state))
        message = Message.objects.create(
            case=case, by_id=actor.user_id, from_affected=from_affected, text=text.strip(), at=now
        )
        if not from_affected:
            case.last_heard_at = now
            settle_owed(case, "message", actor, now)
        renew(case, now)
        record(actor, case, "write_message", {"message": message.pk, "from_affected": from_affected}, now)
    return message


def write_note(*, actor: Actor, case_id: UUID, text: str, now: datetime) -> Note:
    _checked(check_text(text))
    with transaction.atomic():
        case = lock(case_id)
        _checked(check_open(case.state))
        note = Note.objects.create(case=case, by_id=actor.user_id, text=text.strip(), at=now)
        record(actor, case, "write_note", {"note": note.pk}, now)
    return note


def add_account(*, actor: Actor, case_id: UUID, text: str, now: datetime) -> Account:
    """The employee adds to her account of the course of events; what she wrote before stays as it was."""
    _checked(check_text(text))
    with transaction.atomic():
        case = lock(case_id)
        _checked(check_open(case.state))
        account = Account.objects.create(case=case, by_id=actor.user_id, text=text.strip(), at=now)
        settle_owed(case, "account", actor, now)
        renew(case, now)
        record(actor, case, "add_account", {"account": account.pk}, now)
    return account


def give_consent(*, actor: Actor, case_id: UUID, consent: str, answer: str, now: datetime) -> None:
    """Yes, no, or taken back ("unknown"). A shop steward or safety representative comes in, and goes, by it."""
    with transaction.atomic():
        case = lock(case_id)
        composed = composed_of(case.guideline_id, case.guideline.digest)
        _checked(check_consent(consent, answer, frozenset(composed.consent)))
        case.consents = {**case.consents, consent: answer}
        if consent == "tr_reads":
            _follow_consent(case, "tr", answer, now)
        renew(case, now)
        record(actor, case, "give_consent", {"consent": consent, "answer": answer}, now)


def _follow_consent(case: Case, role: str, answer: str, now: datetime) -> None:
    if answer == "yes":
        add_holders(case, role, "consent", now)
    else:
        Part.objects.filter(case=case, role=role, until__isnull=True).update(until=now)


def note_facts(
    *, actor: Actor, case_id: UUID, facts: dict[str, object], events: dict[str, datetime | None], now: datetime
) -> None:
    """What has become known: absence and its first day, whether it is still online, who wrote it. `None` takes an
    event back to unknown."""
    with transaction.atomic():
        case = lock(case_id)
        _checked(check_open(case.state))
        composed = composed_of(case.guideline_id, case.guideline.digest)
        _checked(check_facts(facts, events, composed.fact, frozenset(composed.event)))
        case.facts = {**case.facts, **facts}
        kept = {**case.events, **{key: value.isoformat() for key, value in events.items() if value}}
        case.events = {key: value for key, value in kept.items() if events.get(key, value) is not None}
        renew(case, now)
        changed = sorted({*facts, *events})
        record(actor, case, "note_facts", {"changed": changed}, now)


def _checked(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)
