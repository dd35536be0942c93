"""Telling more about a piece of evidence."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from vaern.cases.service import see_case as open_case
from vaern.core.refusal import Refused
from vaern.evidence import queries, service
from vaern.evidence.facts import Item
from vaern.people.doors import may
from vaern.web.doors import door
from vaern.web.refusals import put_in_form
from vaern.web.screens.evidence.forms import DescribeForm
from vaern.web.screens.evidence.known import found_rows, said_rows
from vaern.web.screens.evidence.shown import shown_item


@door("describe_evidence")
@require_http_methods(["GET", "POST"])
def describe_evidence(request: Any, case: UUID, item: UUID) -> HttpResponseBase:
    """What one knows about an item. Nothing has to be answered, and what was told before stays. A masked copy has no
    history of its own: it is told of its original."""
    found = shown_item(case, item, request.relations)
    if found.made_by == "mask":
        raise Http404
    newest = queries.provenance(found.id)[0]
    if request.method == "GET":
        open_case(actor=request.actor, case=request.case, page="evidence", now=timezone.now())
        initial = {**asdict(newest.said), "seen": newest.version}
        return _describe(request, found, DescribeForm(initial=initial, label_suffix=""))
    form = DescribeForm(request.POST, label_suffix="")
    if form.is_valid():
        try:
            service.describe_evidence(
                actor=request.actor, case_id=case, item_id=item, said=form.said(), seen=form.cleaned_data["seen"],
                now=timezone.now(),
            )  # fmt: skip
            messages.success(request, gettext("Tak. Det står nu ved beviset."))
            return redirect("see_evidence", case=case, item=item)
        except Refused as refused:
            put_in_form(form, refused.refusals)
    # Who wrote on an old page sees what stands there now, and may then save.
    newest = queries.provenance(found.id)[0]
    form.data = {**request.POST.dict(), "seen": str(newest.version)}
    return _describe(request, found, form, status=422)


def _describe(request: Any, item: Item, form: DescribeForm, status: int = 200) -> HttpResponse:
    newest = queries.provenance(item.id)[0]
    context = {
        "form": form,
        "item": item,
        "case": request.case,
        "link": request.case.link,
        "said": said_rows(newest.said) if form.is_bound else [],
        "found": found_rows(newest.found, may_see_place=may("download_evidence", request.relations)),
    }
    return render(request, "evidence/describe_evidence.html", context, status=status)
