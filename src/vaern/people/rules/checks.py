"""What may be written about people: pure checks, each answering None or why not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.people.facts import Actor, Role
from vaern.people.rules.holding import path_up


def check_days(from_date: date, to_date: date | None) -> Refusal | None:
    if to_date is not None and to_date < from_date:
        return Refusal("days_reversed", _("Slutdatoen ligger før startdatoen."), field="to_date")
    return None


def check_role(role: str) -> Refusal | None:
    if role not in frozenset(Role):
        return Refusal("role_unknown", _("Rollen findes ikke."), field="role")
    return None


def check_deputy(holder_id: int, deputy_id: int) -> Refusal | None:
    if holder_id == deputy_id:
        return Refusal("deputy_is_holder", _("Man kan ikke være sin egen stedfortræder."), field="user_id")
    return None


def check_root(has_root: bool, parent_id: int | None) -> Refusal | None:
    """An organisation has one unit without a parent, and that one is made first."""
    if parent_id is None and has_root:
        return Refusal(
            "second_root", _("Der er allerede en øverste enhed. Vælg hvor enheden hører til."), field="parent_id"
        )
    return None


def check_parent(parents: Mapping[int, int | None], unit_id: int, parent_id: int | None) -> Refusal | None:
    """A unit cannot lie below itself, and the root stays the root."""
    if (parents[unit_id] is None) != (parent_id is None):
        return Refusal("root_moved", _("Den øverste enhed skal blive øverst."), field="parent_id")
    if parent_id is not None and unit_id in path_up(parents, parent_id):
        return Refusal("unit_below_itself", _("En enhed kan ikke ligge under sig selv."), field="parent_id")
    return None


def check_last_administrator(administrators: Collection[int], leaving: int) -> Refusal | None:
    """Somebody must be able to manage people."""
    if set(administrators) == {leaving}:
        message = _("Det er den sidste administrator. Gør en anden til administrator først.")
        return Refusal("last_administrator", message)
    return None


def may_change(actor: Actor | None, user_id: int, organisation_id: int | None) -> bool:
    """The administrator of the same organisation, somebody about herself, or the command line (no actor)."""
    if actor is None:
        return True
    if actor.organisation_id is None or actor.organisation_id != organisation_id:
        return False
    return actor.user_id == user_id or actor.has(Role.ADMINISTRATOR)


def may_manage(actor: Actor | None, organisation_id: int | None) -> bool:
    """The administrator of the same organisation, or the command line (no actor)."""
    if actor is None:
        return True
    return (
        actor.organisation_id is not None and actor.organisation_id == organisation_id and actor.has(Role.ADMINISTRATOR)
    )
