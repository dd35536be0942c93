"""Closing a case when the guideline has been honoured, and opening it again with its history."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vaern.cases.planning import planned
from vaern.cases.rules import check_reason, close
from vaern.cases.service.change import lock, record, renew
from vaern.core.refusal import Refusal, Refused
from vaern.core.text import gettext_noop as _
from vaern.people.facts import Actor


def close_case(*, actor: Actor, case_id: UUID, words: str, now: datetime) -> None:
    """Closes, or raises Refused with every duty that must be done and is open. `words` are for the employee."""
    with transaction.atomic():
        case = lock(case_id)
        if case.state != "open":
            raise Refused(Refusal("already_closed", _("Sagen er allerede afsluttet.")))
        plan = planned(case, now)
        refusals = (*close(plan.rows, plan.composed.duty), *check_reason(words, "words"))
        if refusals:
            raise Refused(*refusals)
        case.state, case.closed_at, case.closing_words, case.last_heard_at = "closed", now, words.strip(), now
        renew(case, now)
        record(actor, case, "close_case", {"version": case.version}, now)


def reopen_case(*, actor: Actor, case_id: UUID, reason: str, now: datetime) -> None:
    with transaction.atomic():
        case = lock(case_id)
        if case.state != "closed":
            raise Refused(Refusal("already_open", _("Sagen er allerede åben.")))
        refusals = check_reason(reason, "reason")
        if refusals:
            raise Refused(*refusals)
        case.state, case.closed_at, case.last_heard_at = "open", None, now
        renew(case, now)
        record(actor, case, "reopen_case", {"reason": reason.strip()}, now)
