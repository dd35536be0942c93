"""The administrator's units, and the organisation's own settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaern.people import queries, service
from vaern.web.doors import door
from vaern.web.screens.people.acting import attempt, page
from vaern.web.screens.people.forms import ChangeUnitForm, SilenceForm, UnitForm


@door("manage_people")
@require_http_methods(["GET", "POST"])
def manage_units(request: Any) -> HttpResponseBase:
    """The tree, after how many silent days the alarm goes, and how long evidence is kept."""
    organisation = queries.organisation(request.actor.organisation_id)
    now = (
        {"silence_days": organisation.silence_days, "evidence_years": organisation.evidence_years}
        if organisation
        else {}
    )
    form = SilenceForm(request.POST or None, initial=now)
    if attempt(form, service.change_organisation, actor=request.actor, organisation_id=request.actor.organisation_id):
        messages.success(request, _("Gemt."))
        return redirect("manage_units")
    return page(request, "manage_units", form, tree=queries.unit_tree(request.actor))


@door("manage_people")
@require_http_methods(["GET", "POST"])
def create_unit(request: Any) -> HttpResponseBase:
    form = UnitForm(request.POST or None, tree=queries.unit_tree(request.actor))
    if attempt(form, service.create_unit, actor=request.actor, organisation_id=request.actor.organisation_id):
        messages.success(request, _("Enheden er oprettet."))
        return redirect("manage_units")
    return page(request, "create_unit", form)


@door("manage_people")
@require_http_methods(["GET", "POST"])
def change_unit(request: Any, unit_id: int) -> HttpResponseBase:
    tree = queries.unit_tree(request.actor)
    unit = next((unit for unit in tree if unit.id == unit_id), None)
    if unit is None:
        raise Http404
    form = ChangeUnitForm(request.POST or None, tree=tree, initial={"name": unit.name, "parent_id": unit.parent_id})
    if attempt(form, service.change_unit, actor=request.actor, unit_id=unit_id):
        messages.success(request, _("Gemt."))
        return redirect("manage_units")
    return page(request, "change_unit", form, unit=unit)
