"""The administrator takes a guideline into use. Open cases stay with the one they were opened under."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vaern.cases import queries, service
from vaern.guideline.problem import PackProblems
from vaern.web.doors import door
from vaern.web.guideline_texts import mark
from vaern.web.screens.guidelines.forms import AdoptForm
from vaern.web.screens.guidelines.shelf import Shelved, lay_together, shelf, usable
from vaern.web.templatetags.guideline import faulty


@door("manage_guidelines")
@require_GET
def manage_guidelines(request: Any) -> HttpResponse:
    found = shelf(settings.GUIDELINES)
    return _page(request, found, _form(found))


def _form(found: list[Shelved], data: Any = None) -> AdoptForm:
    return AdoptForm(data, guidelines=usable(found, ("guideline", "overlay")), layers=usable(found, ("layer",)))


def _page(request: Any, found: list[Shelved], form: AdoptForm, status: int = 200) -> HttpResponse:
    in_use = queries.guideline_in_use(request.actor.organisation_id)
    context = {
        "form": form,
        "in_use": in_use,
        "title": mark(in_use[1], "pack", in_use[0].title, request.LANGUAGE_CODE) if in_use else "",
        "versions": queries.versions(request.actor.organisation_id),
        "faulty": [one for one in found if one.problems],
    }
    return render(request, "guidelines/manage_guidelines.html", context, status=status)


@door("adopt_guideline")
@require_POST
def adopt_guideline(request: Any) -> HttpResponseBase:
    found = shelf(settings.GUIDELINES)
    form = _form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        composed = lay_together(found, form.cleaned_data["pack"], form.cleaned_data["layers"])
    except PackProblems as wrong:
        for problem in wrong.problems:
            form.add_error(None, faulty(problem))
        return _page(request, found, form, status=422)
    service.adopt_guideline(
        organisation_id=request.actor.organisation_id,
        composed=composed,
        actor_id=request.actor.user_id,
        actor_name=request.actor.name,
        now=timezone.now(),
    )
    messages.success(request, _("Retningslinjen gælder nu for nye sager. Åbne sager følger den, de blev åbnet under."))
    return redirect("manage_guidelines")
