"""What every act on people needs: the record, the refusals, and rows found within the actor's own walls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from vaern.core.refusal import Refusal, Refused, Unseen
from vaern.journal import service as journal
from vaern.people.facts import Actor
from vaern.people.models import Unit, User
from vaern.people.rules.checks import may_change, may_manage


def insist(*refusals: Refusal | None) -> None:
    """Raises Refused with every refusal among the answers of the checks."""
    found = [refusal for refusal in refusals if refusal is not None]
    if found:
        raise Refused(*found)


def record(
    actor: Actor | None, organisation_id: int | None, act: str, subject: str, payload: dict[str, object], now: datetime
) -> None:
    journal.record(
        organisation_id=organisation_id,
        act=act,
        actor_id=actor.user_id if actor else None,
        actor_name=actor.name if actor else "",
        subject=subject,
        payload=payload,
        now=now,
    )


def managed_organisation(actor: Actor | None, organisation_id: int | None) -> int:
    """The id, when the actor may manage people there; Unseen otherwise."""
    if organisation_id is None or not may_manage(actor, organisation_id):
        raise Unseen(f"organisation:{organisation_id}")
    return organisation_id


def managed_user(actor: Actor | None, user_id: int) -> User:
    """Somebody the actor may manage, locked until the transaction ends."""
    return _user(user_id, lambda user: may_manage(actor, user.organisation_id))


def changed_user(actor: Actor | None, user_id: int) -> User:
    """Somebody the actor may change: herself, or anybody for an administrator. Locked until the transaction ends."""
    return _user(user_id, lambda user: may_change(actor, user.pk, user.organisation_id))


def _user(user_id: int, allowed: Callable[[User], bool]) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None or not allowed(user):
        raise Unseen(f"user:{user_id}")
    return user


def unit_in(organisation_id: int | None, unit_id: int) -> Unit:
    """A unit of that organisation; Unseen for another's."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None or unit.organisation_id != organisation_id:
        raise Unseen(f"unit:{unit_id}")
    return unit


def days(from_date: date, to_date: date | None) -> dict[str, object]:
    """Dates as the journal keeps them."""
    return {"from": str(from_date), "to": str(to_date) if to_date else ""}
