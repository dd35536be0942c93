"""Closing a case when the guideline has been honoured, and opening it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaern.cases import queries, service
from vaern.cases.rules import close
from vaern.core.refusal import Refused
from vaern.web.doors import door
from vaern.web.duty_rows import RowView, show_row
from vaern.web.guideline_texts import titles
from vaern.web.refusals import put_in_form
from vaern.web.screens.case.forms import CloseForm, ReasonForm


@door("close_case")
@require_http_methods(["GET", "POST"])
def close_case(request: Any, case: UUID) -> HttpResponse:
    """GET shows what is missing, each with its clause and a way to it; or the form, when nothing is."""
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service.close_case(
                actor=request.actor, case_id=request.case.pk, words=form.cleaned_data["words"], now=timezone.now()
            )
        except Refused as refused:
            composed = queries.plan_of(request.case, timezone.now()).composed
            put_in_form(form, refused.refusals, titles=titles(composed, get_language()))
        else:
            messages.success(request, _("Sagen er afsluttet. Medarbejderen kan læse dine ord."))
            return redirect("see_case", request.case.pk)
    context = {
        "case": request.case,
        "label": queries.label(request.case),
        "form": form,
        "open": _open(request, timezone.now()),
    }
    return render(request, "case/close_case.html", context, status=422 if form.errors else 200)


def _open(request: Any, now: datetime) -> list[RowView]:
    """The duties that keep the case open, as the rule names them."""
    plan = queries.plan_of(request.case, now)
    stops = {refusal.params["id"] for refusal in close(plan.rows, plan.composed.duty)}
    return [show_row(plan.composed, row, request.case.pk, now, get_language()) for row in plan.rows if row.id in stops]


@door("reopen_case")
@require_http_methods(["GET", "POST"])
def reopen_case(request: Any, case: UUID) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service.reopen_case(
                actor=request.actor, case_id=request.case.pk, reason=form.cleaned_data["reason"], now=timezone.now()
            )
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Sagen er åben igen. Alt, hvad der var skrevet, er der stadig."))
            return redirect("see_case", request.case.pk)
    context = {"case": request.case, "label": queries.label(request.case), "form": form}
    return render(request, "case/reopen_case.html", context, status=422 if form.errors else 200)
