"""Handing evidence out: who gets it and why is said first, and stays on the case for everybody who reads it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vaern.bundle import queries, service
from vaern.bundle.rules import PROBLEMS, covered_since
from vaern.cases import queries as cases
from vaern.cases.service import see_case as open_case
from vaern.core.refusal import Refused
from vaern.evidence import queries as evidence
from vaern.evidence import rules as evidence_rules
from vaern.evidence.facts import Item
from vaern.people import queries as people
from vaern.people.doors import may, may_see_originals
from vaern.web.doors import door
from vaern.web.refusals import put_in_form
from vaern.web.screens.bundle.forms import MakeForm, TakeForm


@door("see_bundles")
@require_GET
def see_bundles(request: Any, case: UUID) -> HttpResponse:
    """Who gave what to whom, and why. The affected employee reads it, too."""
    open_case(actor=request.actor, case=request.case, page="bundles", now=timezone.now())
    found = queries.bundles_of_case(case)
    names = people.names({one.asked_by for one in found})
    items = evidence.items_of_case(case)
    lines = [
        (one, names.get(one.asked_by, ""), _(PROBLEMS[one.problem]) if one.problem else "", covered_since(one, items))
        for one in found
    ]
    context = {
        "lines": lines,
        "waiting": any(one.state in {"asked", "making"} for one in found),
        "may_make": may("make_bundle", request.relations),
    }
    return render(request, "bundle/see_bundles.html", {**_frame(request), **context})


@door("make_bundle")
@require_http_methods(["GET", "POST"])
def make_bundle(request: Any, case: UUID) -> HttpResponse:
    items = evidence.items_of_case(case)
    form = _make_form(request, items)
    if request.method == "POST" and form.is_valid():
        try:
            service.make_bundle(
                actor=request.actor,
                case_id=case,
                asked=form.asked(),
                may_originals=may_see_originals(request.relations),
                now=timezone.now(),
            )
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Pakken bliver lavet nu. Det tager som regel under et minut."))
            return redirect("see_bundles", case=case)
    held = evidence_rules.held_back(items)
    context = {"form": form, "held": held, "any": any(item.made_by != "mask" for item in items)}
    return render(
        request, "bundle/make_bundle.html", {**_frame(request), **context}, status=422 if form.errors else 200
    )


def _make_form(request: Any, items: list[Item]) -> MakeForm:
    """Everything is chosen beforehand but what would show something that is covered elsewhere."""
    masks = evidence_rules.masks(items)
    held = {item.id for item in evidence_rules.held_back(items)}
    choices = [(str(item.id), _words(item, masks.get(item.id))) for item in items if item.made_by != "mask"]
    covered = [(str(item.id), _name(item)) for item in items if item.id in {*masks, *held}]
    chosen = [item_id for item_id, _said in choices if UUID(item_id) not in held]
    return MakeForm(
        request.POST or None,
        items=choices,
        covered=covered if may_see_originals(request.relations) else (),
        initial={"items": chosen},
    )


def _words(item: Item, mask: Item | None) -> str:
    said = _name(item)
    return _("%(item)s (maskeret udgave, bevis %(mask)s)") % {"item": said, "mask": mask.number} if mask else said


def _name(item: Item) -> str:
    return _("Bevis %(number)s: %(name)s") % {"number": item.number, "name": item.note or item.name}


@door("download_bundle")
@require_http_methods(["GET", "POST"])
def download_bundle(request: Any, case: UUID, bundle: UUID) -> HttpResponseBase:
    found = queries.bundle(case, bundle)
    covered = covered_since(found, evidence.items_of_case(case))
    form = TakeForm(request.POST or None, covered=bool(covered))
    if request.method == "POST" and form.is_valid():
        try:
            sent = service.download_bundle(
                actor=request.actor, case_id=case, bundle_id=bundle, **form.cleaned_data,
                may_originals=may_see_originals(request.relations), now=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            return _file(sent)
    context = {"form": form, "bundle": found, "covered": [item.number for item in covered]}
    return render(
        request, "bundle/download_bundle.html", {**_frame(request), **context}, status=422 if form.errors else 200
    )


def _file(sent: Any) -> HttpResponseBase:
    response = StreamingHttpResponse(sent.chunks, content_type=sent.mime)
    response.headers["Content-Length"] = str(sent.size)
    response.headers["Content-Disposition"] = content_disposition_header(True, sent.filename) or "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _frame(request: Any) -> dict[str, Any]:
    home = "see_my_case" if "affected" in request.relations else "see_case"
    return {"case": request.case, "label": cases.label(request.case), "home": home}
