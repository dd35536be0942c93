"""Letting an outsider read chosen parts of a case, and the page she reads them on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vaern.cases import queries as cases
from vaern.cases.service import see_case as open_case
from vaern.core.refusal import Refused, Unseen
from vaern.people import queries as people
from vaern.referral import queries, service
from vaern.referral.facts import Referral
from vaern.referral.rules import SCOPES, STANDINGS, standing
from vaern.web.doors import door
from vaern.web.refusals import put_in_form, say_refusal
from vaern.web.screens.referral.forms import CodeForm, MakeForm


@dataclass(frozen=True, slots=True)
class View:
    referral: Referral
    standing: str
    open: bool
    scope: list[str]
    made_by: str


def _frame(request: Any) -> dict[str, Any]:
    return {"case": request.case, "label": cases.label(request.case), "open": request.case.state == "open"}


@door("see_referrals")
@require_GET
def see_referrals(request: Any, case: UUID) -> HttpResponse:
    open_case(actor=request.actor, case=request.case, page="referrals", now=timezone.now())
    found, now = queries.referrals_of_case(case), timezone.now()
    names = people.names({one.made_by for one in found})
    views = [_view(one, standing(one, now), names) for one in found]
    return render(request, "referral/see_referrals.html", {**_frame(request), "views": views})


def _view(one: Referral, now: Any, names: dict[int, str]) -> View:
    scope = [_(SCOPES[part]) for part in one.scope if part in SCOPES]
    return View(one, _(STANDINGS[now]), now == "open", scope, names.get(one.made_by, ""))  # type: ignore[index]


@door("make_referral")
@require_http_methods(["GET", "POST"])
def make_referral(request: Any, case: UUID) -> HttpResponse:
    """Link and code are shown on the answer itself and never again: only their digests are kept."""
    form = MakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret, code = service.make_referral(
                actor=request.actor, case_id=case, asked=form.asked(), now=timezone.now()
            )
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            address = request.build_absolute_uri(reverse("read_referral", args=[secret]))
            context = {**_frame(request), "referral": made, "address": address, "code": code}
            return render(request, "referral/made_referral.html", context)
    context = {**_frame(request), "form": form}
    return render(request, "referral/make_referral.html", context, status=422 if form.errors else 200)


@door("revoke_referral")
@require_POST
def revoke_referral(request: Any, case: UUID, referral: UUID) -> HttpResponse:
    try:
        service.revoke_referral(actor=request.actor, case_id=case, referral_id=referral, now=timezone.now())
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
    else:
        messages.success(request, _("Adressen er lukket. Der kan ikke læses mere."))
    return redirect("see_referrals", case=case)


@door("read_referral")
@require_http_methods(["GET", "POST"])
def read_referral(request: Any, secret: str) -> HttpResponse:
    """The words are the answer to the code and lie under no address of their own: nothing stays in a history."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    if not service.is_open(secret, now):
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            found, told = service.read_referral(secret=secret, code=form.cleaned_data["code"], now=now)
        except Unseen as unseen:
            raise Http404 from unseen
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            parts = [(_(one.heading), [(_(label) if label else "", text) for label, text in one.lines]) for one in told]
            return render(request, "referral/read_referral.html", {"referral": found, "parts": parts})
    return render(request, "referral/give_code.html", {"form": form}, status=422 if form.errors else 200)
