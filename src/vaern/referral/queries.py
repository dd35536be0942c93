"""Reads of referrals. Whoever calls has been let in to the case."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from vaern.core.refusal import Unseen
from vaern.referral import facts, models


def digest_of_secret(secret: str) -> str:
    return sha256(f"referral:{secret}".encode()).hexdigest()


def referrals_of_case(case_id: UUID) -> list[facts.Referral]:
    """The newest first. One query."""
    return [fact(row) for row in models.Referral.objects.filter(case_id=case_id).order_by("-number")]


def referral(case_id: UUID, referral_id: UUID) -> facts.Referral:
    row = models.Referral.objects.filter(pk=referral_id, case_id=case_id).first()
    if row is None:
        raise Unseen(str(referral_id))
    return fact(row)


def fact(row: models.Referral) -> facts.Referral:
    about = {name: getattr(row, name) for name in facts.Referral.__dataclass_fields__ if name != "made_by"}
    return facts.Referral(**{**about, "made_by": row.made_by_id, "scope": tuple(row.scope)})
