"""What is done to a letter: approved, taken back, fetched, sent, confirmed. Each answers with the letter's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaern.core.refusal import Refused
from vaern.letters import queries, service
from vaern.web.doors import door
from vaern.web.refusals import put_in_form, say_refusal
from vaern.web.screens.letters.forms import ApproveForm, ConfirmForm, SendForm
from vaern.web.screens.letters.page import show_letter


@door("download_letter")
@require_POST
def download_letter(request: Any, case: UUID, letter: UUID) -> HttpResponseBase:
    kind: Literal["pdf", "docx"] = "docx" if request.POST.get("kind") == "docx" else "pdf"
    try:
        sent = service.download_letter(
            actor=request.actor, case_id=case, letter_id=letter, kind=kind, now=timezone.now()
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
        return redirect("see_letter", case=case, letter=letter)
    response = StreamingHttpResponse(sent.chunks, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, sent.filename) or "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@door("approve_letter")
@require_POST
def approve_letter(request: Any, case: UUID, letter: UUID) -> HttpResponse:
    form = ApproveForm(request.POST, found=True)
    return _done(request, letter, form, _("Brevet er godkendt."), lambda: _approve(request, letter, form))


def _approve(request: Any, letter: UUID, form: Any) -> None:
    service.approve_letter(
        actor=request.actor, case_id=request.case.pk, letter_id=letter, seen=form.cleaned_data["seen"],
        reason=form.cleaned_data["reason"], now=timezone.now(),
    )  # fmt: skip


@door("reopen_letter")
@require_POST
def reopen_letter(request: Any, case: UUID, letter: UUID) -> HttpResponse:
    queries.letter(case, letter)
    try:
        service.reopen_letter(actor=request.actor, case_id=case, letter_id=letter, now=timezone.now())
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
        return redirect("see_letter", case=case, letter=letter)
    messages.success(request, _("Godkendelsen er taget tilbage. Nu kan brevet skrives om."))
    return redirect("write_letter", case=case, letter=letter)


@door("send_letter")
@require_POST
def send_letter(request: Any, case: UUID, letter: UUID) -> HttpResponse:
    form = SendForm(request.POST, ways=service.ways_of(request.case) | {"email"})
    return _done(request, letter, form, _("Det er gemt."), lambda: _send(request, letter, form))


def _send(request: Any, letter: UUID, form: Any) -> None:
    service.send_letter(
        actor=request.actor, relations=request.relations, case_id=request.case.pk, letter_id=letter,
        how=form.cleaned_data["how"], sent_on=form.cleaned_data["sent_on"], note=form.cleaned_data["note"],
        number=form.cleaned_data.get("number", ""), now=timezone.now(),
    )  # fmt: skip


@door("confirm_letter")
@require_POST
def confirm_letter(request: Any, case: UUID, letter: UUID) -> HttpResponse:
    form = ConfirmForm(request.POST)
    return _done(request, letter, form, _("Det er gemt."), lambda: _confirm(request, letter, form))


def _confirm(request: Any, letter: UUID, form: Any) -> None:
    service.confirm_letter(
        actor=request.actor, case_id=request.case.pk, letter_id=letter, confirmed_as=form.cleaned_data["confirmed_as"],
        note=form.cleaned_data["note"], now=timezone.now(),
    )  # fmt: skip


def _done(request: Any, letter: UUID, form: Any, said: str, act: Callable[[], None]) -> HttpResponse:
    """Does it and shows the letter anew, or shows what is wrong with everything typed still there."""
    queries.letter(request.case.pk, letter)
    if form.is_valid():
        try:
            act()
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, said)
            return redirect("see_letter", case=request.case.pk, letter=letter)
    return show_letter(request, letter, form, status=422)
