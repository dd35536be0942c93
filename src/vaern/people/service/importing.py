"""Carrying out an import. The plan is made inside the transaction, so what is written is what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from vaern.core.refusal import Refusal, Refused
from vaern.core.text import gettext_noop as _
from vaern.core.workdays import DANISH_TIME
from vaern.people.facts import Actor
from vaern.people.models import Post, Unit, User
from vaern.people.queries.importing import known_for
from vaern.people.rules.importing import Plan, PostChange, UnitChange, UserChange, plan_import
from vaern.people.rules.people_csv import Sheets
from vaern.people.service.common import managed_organisation, record
from vaern.people.service.users import administrators


def import_people(*, actor: Actor | None, organisation_id: int, sheets: Sheets, now: datetime) -> Plan:
    """Takes in every line that can be, in one transaction, and answers with the plan it carried out.

    New users have no password; their way in is a link from `issue_link`. Importing the same files again changes
    nothing, and writes no entry in the journal.
    """
    try:
        with transaction.atomic():
            managed_organisation(actor, organisation_id)
            plan = plan_import(sheets, known_for(organisation_id, sheets), now.astimezone(DANISH_TIME).date())
            if plan.changes:
                _apply(organisation_id, plan, now)
                record(actor, organisation_id, "import_people", f"organisation:{organisation_id}", _counts(plan), now)
    except IntegrityError as error:
        message = _("En anden ændrede personer på samme tid. Intet er indlæst. Prøv igen.")
        raise Refused(Refusal("import_raced", message)) from error
    return plan


def _apply(organisation_id: int, plan: Plan, now: datetime) -> None:
    before = administrators(organisation_id, now)
    _apply_units(organisation_id, plan.units)
    units = dict(Unit.objects.filter(organisation_id=organisation_id).values_list("code", "pk"))
    _apply_users(organisation_id, plan.users, units)
    users = dict(User.objects.filter(organisation_id=organisation_id).values_list("email", "pk"))
    _apply_posts(plan.posts, units, users)
    if before and not administrators(organisation_id, now):
        message = _("Så ville der ikke være nogen administrator. Intet er indlæst.")
        raise Refused(Refusal("last_administrator", message))


def _apply_units(organisation_id: int, changes: Iterable[UnitChange]) -> None:
    """One by one, since a child needs its parent's id; there are few of them."""
    ids = dict(Unit.objects.filter(organisation_id=organisation_id).values_list("code", "pk"))
    for change in changes:
        columns = {"name": change.name, "parent_id": ids[change.parent_code] if change.parent_code else None}
        if change.kind == "create":
            made = Unit.objects.create(organisation_id=organisation_id, code=change.code, **columns)
            ids[change.code] = made.pk
        elif change.kind == "update":
            Unit.objects.filter(pk=ids[change.code]).update(**columns)


def _apply_users(organisation_id: int, changes: Iterable[UserChange], units: dict[str, int]) -> None:
    changed = {change.email: _columns(change, units) for change in changes if change.kind == "update"}
    users = User.objects.filter(organisation_id=organisation_id)
    rows = [row for row in users if row.email in changed] if changed else []
    for row in rows:
        for name, value in changed[row.email].items():
            setattr(row, name, value)
    if rows:
        User.objects.bulk_update(rows, list(changed[rows[0].email]), batch_size=100)
    made = [change for change in changes if change.kind == "create"]
    User.objects.bulk_create(
        [
            User(organisation_id=organisation_id, email=one.email, password=make_password(None), **_columns(one, units))
            for one in made
        ],
        batch_size=500,
    )


def _columns(change: UserChange, units: dict[str, int]) -> dict[str, object]:
    return {
        "name": change.name,
        "name_key": change.name.casefold(),
        "title": change.title,
        "phone": change.phone,
        "external_id": change.external_id,
        "unit_id": units[change.unit_code],
    }


def _apply_posts(changes: Iterable[PostChange], units: dict[str, int], users: dict[str, int]) -> None:
    made = []
    for change in changes:
        if change.kind == "update" and change.post_id is not None:
            Post.objects.filter(pk=change.post_id).update(to_date=change.to_date)
        elif change.kind == "create":
            place = {"user_id": users[change.email], "unit_id": units[change.unit_code], "role": change.role}
            made.append(Post(**place, from_date=change.from_date, to_date=change.to_date))
    Post.objects.bulk_create(made, batch_size=500)


def _counts(plan: Plan) -> dict[str, object]:
    return {"created": len(plan.created), "updated": len(plan.updated), "refused": len(plan.refused)}
