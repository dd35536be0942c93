"""How the employee is and what she needs, told by herself at any time, and conversations with her, written down."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vaern.cases.facts import NeedsGiven, Talked, TalkGiven
from vaern.cases.models import Case, Conversation, Needs
from vaern.cases.rules import NEEDS, check_needs, talk
from vaern.cases.rules.checks import check_open
from vaern.cases.service.change import lock, record, renew, settle_owed
from vaern.core.refusal import Refused
from vaern.people.facts import Actor


def say_needs(*, actor: Actor, case_id: UUID, given: NeedsGiven, now: datetime) -> Needs:
    """The employee says how it affects her and what she needs; what she said before stays."""
    with transaction.atomic():
        case = _open(case_id)
        wrong = check_needs(given)
        if wrong:
            raise Refused(*wrong)
        needs = _keep_needs(actor, case, given, None, now)
        renew(case, now)
        record(actor, case, "say_needs", {"needs": needs.pk}, now)
    return needs


def note_conversation(*, actor: Actor, case_id: UUID, given: TalkGiven, now: datetime) -> Conversation:
    """A handler writes down a conversation with the employee: it ends the silence, settles the duties that asked for
    it, keeps what she said she needs, and may agree a day for the next."""
    with transaction.atomic():
        case = _open(case_id)
        decision = talk(given, case.next_talk_on, now)
        if not isinstance(decision, Talked):
            raise Refused(*decision)
        conversation = Conversation.objects.create(
            case=case, by_id=actor.user_id, held_at=decision.held_at, way=given.way, text=given.text.strip(),
            agreed=given.agreed.strip(), next_on=given.next_on, at=now,
        )  # fmt: skip
        if given.needs.said:
            _keep_needs(actor, case, given.needs, conversation, now)
        settle_owed(case, "conversation", actor, now, decision.held_at)
        case.next_talk_on = decision.next_on
        case.last_heard_at = max(case.last_heard_at, decision.held_at)
        renew(case, now)
        record(actor, case, "note_conversation", {"conversation": conversation.pk}, now)
    return conversation


def _open(case_id: UUID) -> Case:
    case = lock(case_id)
    closed = check_open(case.state)
    if closed is not None:
        raise Refused(closed)
    return case


def _keep_needs(actor: Actor, case: Case, given: NeedsGiven, conversation: Conversation | None, now: datetime) -> Needs:
    words = {name: getattr(given, name).strip() for name in NEEDS}
    needs = Needs.objects.create(case=case, by_id=actor.user_id, conversation=conversation, at=now, **words)
    if words["impact"]:
        settle_owed(case, "impact", actor, now)
    if words["needs_practical"] or words["needs_psychological"]:
        settle_owed(case, "needs", actor, now)
    return needs
