"""A dangerous file on its way out: only to those who handle the case, and only locked with a passphrase of theirs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vaern.cases import queries as cases
from vaern.core.refusal import Refused
from vaern.evidence import service
from vaern.web.doors import door
from vaern.web.refusals import put_in_form
from vaern.web.screens.evidence.forms import PassphraseForm
from vaern.web.screens.evidence.sending import send
from vaern.web.screens.evidence.shown import shown_item


@door("download_infected")
@require_http_methods(["GET", "POST"])
def download_infected(request: Any, case: UUID, item: UUID) -> HttpResponseBase:
    found = shown_item(case, item, request.relations)
    form = PassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        passphrase = form.cleaned_data["passphrase"]
        try:
            return send(
                service.download_infected(actor=request.actor, item=found, passphrase=passphrase, now=timezone.now())
            )
        except Refused as refused:
            put_in_form(form, refused.refusals, {"evidence": "passphrase"})
    return _page(request, found, form, 200 if request.method == "GET" else 422)


def _page(request: Any, item: Any, form: PassphraseForm, status: int) -> HttpResponse:
    context = {"form": form, "case": request.case, "label": cases.label(request.case), "item": item}
    return render(request, "evidence/download_infected.html", context, status=status)
