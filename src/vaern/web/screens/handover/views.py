"""The list of handovers, beginning one, reading one and writing in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vaern.cases.service import see_case as open_case
from vaern.core.refusal import Refused
from vaern.handover import queries, service
from vaern.web.doors import door
from vaern.web.refusals import put_in_form
from vaern.web.screens.handover.forms import FillForm, StartForm
from vaern.web.screens.handover.page import frame, show_handover, titled, views_of


@door("see_handovers")
@require_GET
def see_handovers(request: Any, case: UUID) -> HttpResponse:
    open_case(actor=request.actor, case=request.case, page="handovers", now=timezone.now())
    views = views_of(queries.handovers_of_case(case))
    return render(request, "handover/see_handovers.html", {**frame(request), "views": views})


@door("start_handover")
@require_http_methods(["GET", "POST"])
def start_handover(request: Any, case: UUID) -> HttpResponse:
    initial = {"channel": request.GET.get("channel"), "duty": request.GET.get("duty", "")}
    form = StartForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.start_handover(actor=request.actor, case_id=case, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            return redirect("fill_handover", case=case, handover=made.id)
    context = {**frame(request), "form": form}
    return render(request, "handover/start_handover.html", context, status=422 if form.errors else 200)


@door("see_handover")
@require_GET
def see_handover(request: Any, case: UUID, handover: UUID) -> HttpResponse:
    open_case(actor=request.actor, case=request.case, page="handover", now=timezone.now())
    return show_handover(request, handover)


@door("fill_handover")
@require_http_methods(["GET", "POST"])
def fill_handover(request: Any, case: UUID, handover: UUID) -> HttpResponse:
    found, now = queries.handover(case, handover), timezone.now()
    sheet = service.sheet_for(actor=request.actor, case_id=case, handover_id=handover, now=now)
    form = FillForm(request.POST if request.method == "POST" else None, sheet=sheet, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            service.fill_handover(
                actor=request.actor, case_id=case, handover_id=handover, answers=form.answers(),
                seen=form.cleaned_data["seen"], now=now,
            )  # fmt: skip
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Skemaet er gemt."))
            return redirect("see_handover", case=case, handover=handover)
    open_case(actor=request.actor, case=request.case, page="handover", now=now)
    groups = [(_(title), [form[line.field.id] for line in lines]) for title, lines in sheet.groups]
    context = {
        **frame(request), "form": form, "groups": groups, "handover": found, "title": titled(sheet.channel),
        "channel": sheet.channel,
    }  # fmt: skip
    return render(request, "handover/fill_handover.html", context, status=422 if form.errors else 200)
