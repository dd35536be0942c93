"""What every act on a letter has in common: the letter locked, its case looked at, one entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from vaern.cases import queries as cases
from vaern.core.refusal import Unseen
from vaern.evidence import queries as evidence
from vaern.journal import service as journal
from vaern.letters import models, queries
from vaern.letters.rules import COLLEAGUES, Standing
from vaern.letters.service.enclosing import enclosable
from vaern.people.facts import Actor


def locked(case_id: UUID, letter_id: UUID) -> models.Version:
    """The newest text; the letter's row is locked until the transaction ends, so that no text is added meanwhile."""
    if not models.Letter.objects.select_for_update().filter(pk=letter_id, case_id=case_id).first():
        raise Unseen(str(letter_id))
    return queries.current(case_id, letter_id)


def case_of(actor: Actor, case_id: UUID) -> Any:
    """The case; its type is not ours to name."""
    case = cases.case_for(actor, case_id)
    if case is None:
        raise Unseen(str(case_id))
    return case


def standing_of(case: Any, to: str) -> Standing:
    """The agreement is asked for only where the letter is to colleagues."""
    by_agreement, agreed = False, None
    if to == COLLEAGUES:
        by_agreement, agreed = cases.told_by_agreement(case, cases.plan_of(case, timezone.now()).composed)
    open_, count = case.state == "open", evidence.count_of_case(case.pk)
    may = {str(one.id): one.size for one in enclosable(case.pk)}
    return Standing(open=open_, evidence=count, by_agreement=by_agreement, agreed=agreed, enclosable=may)


def record(actor: Actor, letter: models.Letter, act: str, now: datetime, **more: object) -> None:
    """What was written stands in the version; its digest in the entry, so that a changed row would be found."""
    about = {"letter": str(letter.pk), "number": letter.number, "template": letter.template, "version": letter.version}
    journal.record(
        organisation_id=letter.organisation_id,
        act=act,
        actor_id=actor.user_id,
        actor_name=actor.name,
        subject=f"case:{letter.case_id}",
        payload={**about, **more},
        now=now,
    )
