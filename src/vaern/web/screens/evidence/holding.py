"""Keeping a case's evidence longer than its time: decided by somebody who handles the case, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from vaern.cases import queries as cases
from vaern.core.refusal import Refused
from vaern.evidence import queries, service
from vaern.people import queries as people
from vaern.web.doors import door
from vaern.web.fields import Words
from vaern.web.refusals import put_in_form


class HoldForm(forms.Form):
    use_required_attribute = False  # the rule's own sentence is shown beside the field, not the browser's

    reason = Words(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("For eksempel, at der er en retssag i gang. Det kan læses af dem, der læser sagen."),
        lines=3,
        needed=True,
        max_length=1000,
    )


@door("hold_evidence")
@require_http_methods(["GET", "POST"])
def hold_evidence(request: Any, case: UUID) -> HttpResponse:
    return _decide(request, service.hold_evidence, _("Sagens beviser bliver gemt, indtil nogen bestemmer andet."))


@door("lift_hold")
@require_http_methods(["GET", "POST"])
def lift_hold(request: Any, case: UUID) -> HttpResponse:
    return _decide(request, service.lift_hold, _("Sagens beviser bliver nu gemt så længe, som alle andres."))


def _decide(request: Any, act: Callable[..., None], done: str) -> HttpResponse:
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(actor=request.actor, case_id=request.case.pk, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, done)
            return redirect("see_case", request.case.pk)
    hold = queries.open_hold(request.case.pk)
    context = {
        "form": form,
        "case": request.case,
        "label": cases.label(request.case),
        "hold": hold,
        "set_by": people.names({hold.set_by}).get(hold.set_by, "") if hold else "",
    }
    return render(request, f"evidence/{act.__name__}.html", context, status=422 if form.errors else 200)
