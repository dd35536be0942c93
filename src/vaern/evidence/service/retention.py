"""How long evidence is kept, who holds on to it longer, and its end: the key goes, then what it opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vaern.cases import service as cases
from vaern.core.refusal import Refused
from vaern.evidence import models, vault
from vaern.evidence.rules import check_reason, may_erase, refuse
from vaern.evidence.vault import keyring
from vaern.journal import service as journal
from vaern.people.facts import Actor


def hold_evidence(*, actor: Actor, case_id: UUID, reason: str, now: datetime) -> None:
    """From now on the case's evidence is not erased, however old it gets, until the hold is lifted."""
    if refused := check_reason(reason):
        raise Refused(refused)
    with transaction.atomic():
        cases.hold_for_copy(actor=actor, case_id=case_id)
        if _open_hold(case_id):
            raise Refused(refuse("held_already"))
        models.Hold.objects.create(
            organisation_id=actor.home, case_id=case_id, reason=reason.strip(), set_by_id=actor.user_id, set_at=now
        )
        _record(actor, case_id, "hold_evidence", {"reason": reason.strip()}, now)


def lift_hold(*, actor: Actor, case_id: UUID, reason: str, now: datetime) -> None:
    if refused := check_reason(reason):
        raise Refused(refused)
    with transaction.atomic():
        cases.hold_for_copy(actor=actor, case_id=case_id)
        hold = _open_hold(case_id)
        if hold is None:
            raise Refused(refuse("not_held"))
        hold.lifted_at, hold.lifted_by_id, hold.lifted_reason = now, actor.user_id, reason.strip()
        hold.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
        _record(actor, case_id, "lift_hold", {"reason": reason.strip()}, now)


def erase_evidence(*, actor: Actor, case_id: UUID, now: datetime) -> int:
    """Erases all evidence of a case whose time is over, also in backups: how many items. The rows stay, and say what
    there was. `Refused` before the time, and under a hold.

    The database says it first. A crash after that leaves a key and objects that the next sweep takes.
    """
    with transaction.atomic():
        closed_on = cases.hold_for_erasing(actor=actor, case_id=case_id)
        today = timezone.localdate(now)
        held = _open_hold(case_id) is not None
        if refused := may_erase(closed_on, held=held, years=settings.EVIDENCE_YEARS, today=today):
            raise Refused(refused)
        items = list(models.Item.objects.filter(case_id=case_id).select_related("key").order_by("number"))
        models.Key.objects.filter(case_id=case_id, organisation_id=actor.home).update(erased_at=now)
        models.Item.objects.filter(case_id=case_id).update(blurred=None)
        models.Rendition.objects.filter(item__case_id=case_id).update(look="")
        erased: list[object] = [{"number": item.number, "sha256": item.sha256} for item in items]
        _record(actor, case_id, "erase_evidence", {"items": erased}, now)
    for key in {item.key for item in items if item.key}:
        keyring.forget(key.organisation_id, key.pk)
    for organisation_id, stored in _stored(case_id, items):
        vault.discard(organisation_id, stored)
    return len(items)


def _stored(case_id: UUID, items: Iterable[models.Item]) -> Iterator[tuple[int, str]]:
    """Where everything of the case lies: the files, what was made of them, and the bundles they went out in."""
    yield from ((item.organisation_id, item.object) for item in items)
    made = models.Rendition.objects.filter(item__case_id=case_id).exclude(object="")
    yield from made.values_list("item__organisation_id", "object")
    yield from models.Kept.objects.filter(case_id=case_id).values_list("organisation_id", "object")


def _open_hold(case_id: UUID) -> models.Hold | None:
    return models.Hold.objects.filter(case_id=case_id, lifted_at=None).first()


def _record(actor: Actor, case_id: UUID, act: str, payload: dict[str, object], now: datetime) -> None:
    journal.record(
        organisation_id=actor.home,
        act=act,
        actor_id=actor.user_id,
        actor_name=actor.name,
        subject=f"case:{case_id}",
        payload=payload,
        now=now,
    )
