"""What an import must know: three queries about the organisation, and one for each 500 addresses in the file."""

from __future__ import annotations

from datetime import date

from vaern.core.refusal import Unseen
from vaern.people.facts import Actor
from vaern.people.models import Post, Unit, User
from vaern.people.rules.checks import may_manage
from vaern.people.rules.importing import Known, KnownPost, KnownUnit, KnownUser, Plan, PostKey, plan_import
from vaern.people.rules.people_csv import Sheets

_AT_ONCE = 500
"""Addresses in one question; SQLite takes a limited number of values."""


def rehearse_import(actor: Actor | None, organisation_id: int, sheets: Sheets, *, today: date) -> Plan:
    """What importing these files now would do. Writes nothing."""
    if not may_manage(actor, organisation_id):
        raise Unseen(f"organisation:{organisation_id}")
    return plan_import(sheets, known_for(organisation_id, sheets), today)


def known_for(organisation_id: int, sheets: Sheets) -> Known:
    users = User.objects.filter(organisation_id=organisation_id)
    columns = ("email", "name", "title", "phone", "external_id", "unit__code", "is_active")
    known = {
        email: KnownUser(name, title, phone, external_id, code or "", active)
        for email, name, title, phone, external_id, code, active in users.values_list(*columns)
    }
    return Known(
        units=_units(organisation_id),
        users=known,
        posts=_posts(organisation_id),
        external_ids={user.external_id: email for email, user in known.items() if user.external_id},
        taken=_taken(organisation_id, sheets),
    )


def _units(organisation_id: int) -> dict[str, KnownUnit]:
    rows = Unit.objects.filter(organisation_id=organisation_id).values_list("code", "name", "parent__code")
    return {code: KnownUnit(name, parent or "") for code, name, parent in rows}


def _posts(organisation_id: int) -> dict[PostKey, tuple[KnownPost, ...]]:
    found: dict[PostKey, tuple[KnownPost, ...]] = {}
    rows = Post.objects.filter(unit__organisation_id=organisation_id).order_by("from_date", "pk")
    columns = ("user__email", "unit__code", "role", "pk", "from_date", "to_date")
    for email, code, role, *post in rows.values_list(*columns):
        found[email, code, role] = (*found.get((email, code, role), ()), KnownPost(*post))
    return found


def _taken(organisation_id: int, sheets: Sheets) -> frozenset[str]:
    asked = sorted({row.email for row in sheets.people})
    others = User.objects.exclude(organisation_id=organisation_id)
    return frozenset(
        email
        for start in range(0, len(asked), _AT_ONCE)
        for email in others.filter(email__in=asked[start : start + _AT_ONCE]).values_list("email", flat=True)
    )
