"""How long evidence is kept, who holds on to it longer, and its end: the key goes, then what it opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from vaern.cases import service as cases
from vaern.core.refusal import Refused
from vaern.evidence import models, queries, vault
from vaern.evidence.rules import check_reason, may_erase, refuse
from vaern.evidence.vault import keyring
from vaern.journal import service as journal
from vaern.people.facts import Actor

ERASED_NAME = "slettet"


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


def erase_evidence(*, actor: Actor, case_id: UUID, reason: str, now: datetime) -> int:
    """Erases all evidence of a case whose time is over, also in backups: how many items. `Refused` before the time, and
    under a hold.

    With it goes whatever tells of it in words: names of files, notes, what was told and read of them, and what the
    entries of the journal said (decision 25). The rows stay, and say that there was something, and its digest.

    The database says it first. A crash after that leaves a key and objects that the next sweep takes.
    """
    if refused := check_reason(reason):
        raise Refused(refused)
    with transaction.atomic():
        closed_on = cases.hold_for_erasing(actor=actor, case_id=case_id)
        today = timezone.localdate(now)
        held = _open_hold(case_id) is not None
        years = queries.years(actor.home)
        if refused := may_erase(closed_on, held=held, years=years, today=today):
            raise Refused(refused)
        items = list(models.Item.objects.filter(case_id=case_id).select_related("key").order_by("number"))
        alive = models.Key.objects.filter(case_id=case_id, organisation_id=actor.home, erased_at=None)
        if not alive.update(erased_at=now):
            raise Refused(refuse("erased"))
        _forget_words(actor, case_id, now)
        erased: list[object] = [{"number": item.number, "sha256": item.sha256} for item in items]
        _record(actor, case_id, "erase_evidence", {"reason": reason.strip(), "years": years, "items": erased}, now)
    for key in {item.key for item in items if item.key}:
        keyring.forget(key.organisation_id, key.pk)
    for organisation_id, stored in _stored(case_id, items):
        vault.discard(organisation_id, stored)
    return len(items)


def _forget_words(actor: Actor, case_id: UUID, now: datetime) -> None:
    subjects = queries.subjects_of(case_id)
    rows = models.Item.objects.filter(case_id=case_id)
    rows.update(blurred=None, name=ERASED_NAME, note="", how={}, set_aside_reason="", taken_at=None)
    models.Rendition.objects.filter(item__case_id=case_id).update(look="")
    models.Provenance.objects.filter(item__case_id=case_id).update(said={}, found={})
    models.Hold.objects.filter(case_id=case_id).update(reason="", lifted_reason="")
    for subject in subjects:
        journal.erase_payload(
            organisation_id=actor.home, subject=subject, actor_id=actor.user_id, actor_name=actor.name,
            reason="the time of the evidence is over", acts=(*queries.CUSTODY, "lift_hold", "capture_page"), now=now,
        )  # fmt: skip


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
