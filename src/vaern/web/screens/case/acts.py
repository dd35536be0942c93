"""What is said and noted in a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaern.cases import queries, service
from vaern.cases.rules import sees_notes
from vaern.core.refusal import Refused
from vaern.web.doors import door
from vaern.web.refusals import put_in_form
from vaern.web.screens.case.fact_form import FactForm
from vaern.web.screens.case.forms import MessageForm, NoteForm, ToHandlersForm


@door("write_message")
@require_http_methods(["GET", "POST"])
def write_message(request: Any, case: UUID) -> HttpResponse:
    """Between the affected employee and those who handle the case, whichever of them writes."""
    from_affected = "affected" in request.relations
    form = (ToHandlersForm if from_affected else MessageForm)(request.POST or None)
    back = "see_my_case" if from_affected else "see_case"
    if request.method == "POST" and form.is_valid():
        try:
            service.write_message(
                actor=request.actor,
                case_id=request.case.pk,
                from_affected=from_affected,
                text=form.cleaned_data["text"],
                now=timezone.now(),
            )
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Din besked er sendt."))
            return redirect(back, request.case.pk)
    return _form(request, "case/write_message.html", form, back)


@door("write_note")
@require_http_methods(["GET", "POST"])
def write_note(request: Any, case: UUID) -> HttpResponse:
    if not sees_notes(request.relations):
        raise Http404
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service.write_note(
                actor=request.actor, case_id=request.case.pk, text=form.cleaned_data["text"], now=timezone.now()
            )
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Notatet er gemt. Det er kun for jer, der behandler sagen."))
            return redirect("see_case", request.case.pk)
    return _form(request, "case/write_note.html", form, "see_case")


@door("note_facts")
@require_http_methods(["GET", "POST"])
def note_facts(request: Any, case: UUID) -> HttpResponse:
    plan = queries.plan_of(request.case, timezone.now())
    form = FactForm(request.POST or None, case=request.case, plan=plan, language=get_language())
    if request.method == "POST" and form.is_valid():
        facts, events = form.changes()
        try:
            if facts or events:
                service.note_facts(
                    actor=request.actor, case_id=request.case.pk, facts=facts, events=events, now=timezone.now()
                )
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(
                request,
                _("Oplysningerne er gemt. Fristerne er regnet om.")
                if facts or events
                else _("Der var intet nyt at gemme."),
            )
            return redirect("see_case", request.case.pk)
    service.see_case(actor=request.actor, case=request.case, page="facts", now=timezone.now())
    return _form(request, "case/note_facts.html", form, "see_case")


def _form(request: Any, template: str, form: BaseForm, back: str) -> HttpResponse:
    context = {"case": request.case, "label": queries.label(request.case), "form": form}
    context["back"] = resolve_url(back, request.case.pk)
    return render(request, template, context, status=422 if form.errors else 200)
