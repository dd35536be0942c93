"""Organisations and units: made and changed."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from vaern.core.refusal import Refusal, Refused, Unseen
from vaern.core.text import gettext_noop as _
from vaern.people.facts import Actor
from vaern.people.models import Organisation, Unit
from vaern.people.rules import checks
from vaern.people.service.common import insist, managed_organisation, record, unit_in


def create_organisation(
    *, actor: Actor | None = None, name: str, slug: str, silence_days: int = 3, demo: bool = False, now: datetime
) -> int:
    """A new employer, without units and people: the id. Only the command line does this, so `actor` is None."""
    if actor is not None:
        raise Unseen("organisation")
    try:
        with transaction.atomic():
            made = Organisation.objects.create(
                name=name.strip(), slug=slug.strip(), silence_days=silence_days, demo=demo
            )
            record(actor, made.pk, "create_organisation", f"organisation:{made.pk}", {"name": made.name}, now)
    except IntegrityError as error:
        raise Refused(Refusal("slug_taken", _("Der er allerede en organisation med det korte navn."))) from error
    return made.pk


def change_organisation(
    *, actor: Actor | None, organisation_id: int, silence_days: int, evidence_years: int | None = None, now: datetime
) -> None:
    """After how many days without word to the affected employee the alarm goes, and how many years after its case was
    closed evidence is kept (None: as long as the installation says)."""
    with transaction.atomic():
        managed_organisation(actor, organisation_id)
        if not 1 <= silence_days <= 60:
            message = _("Vælg mellem 1 og 60 dage.")
            raise Refused(Refusal("silence_days", message, field="silence_days"))
        if evidence_years is not None and not 1 <= evidence_years <= 100:
            raise Refused(Refusal("evidence_years", _("Vælg mellem 1 og 100 år."), field="evidence_years"))
        payload: dict[str, object] = {"silence_days": silence_days, "evidence_years": evidence_years}
        Organisation.objects.filter(pk=organisation_id).update(**payload)
        record(actor, organisation_id, "change_organisation", f"organisation:{organisation_id}", payload, now)


def create_unit(
    *, actor: Actor | None, organisation_id: int, code: str, name: str, parent_id: int | None = None, now: datetime
) -> int:
    """A new unit; without a parent it is the root, of which there is one. The id."""
    try:
        with transaction.atomic():
            managed_organisation(actor, organisation_id)
            if parent_id is not None:
                unit_in(organisation_id, parent_id)
            has_root = Unit.objects.filter(organisation_id=organisation_id, parent__isnull=True).exists()
            insist(checks.check_root(has_root, parent_id))
            made = Unit.objects.create(
                organisation_id=organisation_id, code=code.strip(), name=name.strip(), parent_id=parent_id
            )
            record(
                actor, organisation_id, "create_unit", f"unit:{made.pk}", {"code": made.code, "name": made.name}, now
            )
    except IntegrityError as error:
        refusal = Refusal("code_taken", _("Der er allerede en enhed med den kode."), field="code")
        raise Refused(refusal) from error
    return made.pk


def change_unit(*, actor: Actor | None, unit_id: int, name: str, parent_id: int | None, now: datetime) -> None:
    """Renames a unit, or moves it with everything below it."""
    with transaction.atomic():
        unit = Unit.objects.select_for_update().filter(pk=unit_id).first()
        if unit is None:
            raise Unseen(f"unit:{unit_id}")
        managed_organisation(actor, unit.organisation_id)
        if parent_id is not None:
            unit_in(unit.organisation_id, parent_id)
        rows = Unit.objects.filter(organisation_id=unit.organisation_id)
        insist(checks.check_parent(dict(rows.values_list("pk", "parent_id")), unit_id, parent_id))
        Unit.objects.filter(pk=unit_id).update(name=name.strip(), parent_id=parent_id)
        payload: dict[str, object] = {"name": name.strip(), "parent": parent_id}
        record(actor, unit.organisation_id, "change_unit", f"unit:{unit_id}", payload, now)
