"""What is done to a handover: fetched, sent, left as a draft in the other system, confirmed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaern.cases import queries as cases
from vaern.core.refusal import Refused
from vaern.guideline.facts import State
from vaern.handover import queries, service
from vaern.web.doors import door
from vaern.web.refusals import put_in_form, say_refusal
from vaern.web.screens.handover.forms import ConfirmForm, SendForm
from vaern.web.screens.handover.page import question_form, show_handover


@door("download_handover")
@require_POST
def download_handover(request: Any, case: UUID, handover: UUID) -> HttpResponse:
    try:
        data, name = service.download_handover(
            actor=request.actor, case_id=case, handover_id=handover, kind=request.POST.get("kind", "csv"),
            now=timezone.now(),
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
        return redirect("see_handover", case=case, handover=handover)
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@door("send_handover")
@require_POST
def send_handover(request: Any, case: UUID, handover: UUID) -> HttpResponse:
    form = SendForm(request.POST, found=True)
    if form.is_valid():
        try:
            service.send_handover(
                actor=request.actor, case_id=case, handover_id=handover, way=form.cleaned_data["way"],
                reason=form.cleaned_data["reason"], now=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Det bliver sendt nu. Siden siger, når det er fremme."))
            return redirect("see_handover", case=case, handover=handover)
    return show_handover(request, handover, send=form, status=422)


@door("keep_halfway")
@require_POST
def keep_halfway(request: Any, case: UUID, handover: UUID) -> HttpResponse:
    queries.handover(case, handover)
    try:
        service.keep_halfway(actor=request.actor, case_id=case, handover_id=handover, now=timezone.now())
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
    else:
        messages.success(request, _("Det er gemt, at den ligger som kladde. Opgaven er ikke gjort endnu."))
    return redirect("see_handover", case=case, handover=handover)


def _what_followed(request: Any, duty: str) -> str:
    """A receipt always stands. Whether the duty was settled by it is said, so that nobody believes it was."""
    case = cases.case_for(request.actor, request.case.pk)
    row = cases.plan_of(case, timezone.now()).row(duty) if case and duty else None
    if row is None or row.state is State.DONE:
        return _("Kvitteringen er gemt.")
    return _("Kvitteringen er gemt. Opgaven er ikke gjort endnu: åbn den, og se, hvad der mangler.")


@door("confirm_handover")
@require_POST
def confirm_handover(request: Any, case: UUID, handover: UUID) -> HttpResponse:
    found = service.sheet_for(actor=request.actor, case_id=case, handover_id=handover, now=timezone.now())
    form = ConfirmForm(request.POST, label=_(found.channel.receipt))
    if form.is_valid():
        try:
            service.confirm_handover(
                actor=request.actor, case_id=case, handover_id=handover, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _what_followed(request, queries.handover(case, handover).duty))
            return redirect("see_handover", case=case, handover=handover)
    return show_handover(request, handover, confirm=form, status=422)


@door("follow_up_handover")
@require_POST
def follow_up_handover(request: Any, case: UUID, handover: UUID) -> HttpResponse:
    asked = request.POST.get("field", "")
    form = question_form(queries.handover(case, handover).channel, asked, request.POST)
    if form.is_valid():
        try:
            service.follow_up_handover(
                actor=request.actor, case_id=case, handover_id=handover, field=asked,
                answer=form.cleaned_data["answer"], now=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Det er skrevet ned."))
            return redirect("see_handover", case=case, handover=handover)
    return show_handover(request, handover, follow_up=form, status=422)
