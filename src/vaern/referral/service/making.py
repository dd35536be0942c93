"""Letting an outsider read, and taking that back."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Max

from vaern.cases import queries as cases
from vaern.core.refusal import Refused, Unseen
from vaern.journal import service as journal
from vaern.people.facts import Actor
from vaern.referral import facts, models, queries, rules
from vaern.referral.facts import Asked


def make_referral(*, actor: Actor, case_id: UUID, asked: Asked, now: datetime) -> tuple[facts.Referral, str, str]:
    """The referral, the secret of its link and the code, which are told this once. The code goes another way than the
    link, so that a mail gone astray opens nothing."""
    case = case_of(actor, case_id)
    if wrong := rules.check_make(asked, open=case.state == "open"):
        raise Refused(*wrong)
    secret, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**8):08d}"
    row = models.Referral(organisation_id=actor.home, case_id=case_id, made_by_id=actor.user_id, made_at=now)
    row.recipient, row.purpose, row.scope = asked.recipient.strip(), asked.purpose.strip(), list(asked.scope)
    row.digest, row.code = queries.digest_of_secret(secret), make_password(code)
    row.expires_at = now + timedelta(days=asked.days)
    with transaction.atomic():
        # The entry first: it holds the end of the organisation's chain, so that two at once get two numbers.
        record(actor, row, "make_referral", now, recipient=row.recipient, purpose=row.purpose, scope=row.scope)
        row.number = (models.Referral.objects.filter(case_id=case_id).aggregate(last=Max("number"))["last"] or 0) + 1
        row.save(force_insert=True)
    return queries.fact(row), secret, code


def revoke_referral(*, actor: Actor, case_id: UUID, referral_id: UUID, now: datetime) -> facts.Referral:
    case_of(actor, case_id)
    with transaction.atomic():
        row = models.Referral.objects.select_for_update().filter(pk=referral_id, case_id=case_id).first()
        if row is None:
            raise Unseen(str(referral_id))
        if wrong := rules.check_revoke(queries.fact(row)):
            raise Refused(*wrong)
        row.revoked_at = now
        row.save()
        record(actor, row, "revoke_referral", now)
    return queries.fact(row)


def case_of(actor: Actor, case_id: UUID) -> Any:
    case = cases.case_for(actor, case_id)
    if case is None:
        raise Unseen(str(case_id))
    return case


def record(actor: Actor | None, row: models.Referral, act: str, now: datetime, **more: object) -> None:
    """Without an actor it was the outsider, who is named by what was typed when she was let in."""
    journal.record(
        organisation_id=row.organisation_id,
        act=act,
        actor_id=actor.user_id if actor else None,
        actor_name=actor.name if actor else row.recipient,
        subject=f"case:{row.case_id}",
        payload={"referral": str(row.pk), **more},
        now=now,
    )
