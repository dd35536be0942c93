"""Searching the words of a case's evidence. By POST alone: a searched word stands in no address and no log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vaern.cases import queries as cases
from vaern.evidence import service
from vaern.web.doors import door
from vaern.web.screens.evidence.forms import SearchForm
from vaern.web.screens.evidence.shown import home, shown_items


@door("search_evidence")
@require_http_methods(["GET", "POST"])
def search_evidence(request: Any, case: UUID) -> HttpResponse:
    form, items = SearchForm(request.POST or None), shown_items(case, request.relations)
    context = {
        "form": form,
        "case": request.case,
        "label": cases.label(request.case),
        "home": home(request),
        "count": len(items),
    }
    if request.method == "GET":
        return render(request, "evidence/search_evidence.html", context)
    if not form.is_valid():
        return render(request, "evidence/search_evidence.html", context, status=422)
    found = service.search_evidence(
        actor=request.actor,
        case_id=case,
        items=items,
        word=form.cleaned_data["word"],
        now=timezone.now(),
    )
    return render(request, "evidence/search_evidence.html", {**context, "found": found})
