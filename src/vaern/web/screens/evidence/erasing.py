"""The end of a case's evidence: when its time is over, by somebody who says why. There is no way back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from vaern.cases import queries as cases
from vaern.cases.service import see_case as open_case
from vaern.core.refusal import Refusal, Refused
from vaern.evidence import queries, service
from vaern.evidence.rules import may_erase
from vaern.web.doors import door
from vaern.web.fields import Words
from vaern.web.refusals import put_in_form, say_refusal
from vaern.web.screens.evidence.shown import shown_items


class EraseForm(forms.Form):
    use_required_attribute = False  # the rule's own sentence is shown beside the field, not the browser's

    reason = Words(
        label=gettext_lazy("Hvorfor bliver de slettet nu?"),
        help_text=gettext_lazy("For eksempel, at tiden er gået, og at ingen har brug for dem. Skriv ingen navne."),
        lines=3,
        needed=True,
        max_length=1000,
    )


@door("erase_evidence")
@require_http_methods(["GET", "POST"])
def erase_evidence(request: Any, case: UUID) -> HttpResponse:
    now, form = timezone.now(), EraseForm(request.POST or None)
    if request.method == "GET":
        open_case(actor=request.actor, case=request.case, page="evidence", now=now)
    elif form.is_valid():
        try:
            service.erase_evidence(actor=request.actor, case_id=case, now=now, **form.cleaned_data)
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Sagens beviser er slettet."))
            return redirect("see_case", case)
    not_yet = _refusal(request.case, now)
    context = {
        "form": form,
        "case": request.case,
        "label": cases.label(request.case),
        # Of what is covered, HR is not told how much there is.
        "count": len(shown_items(case, request.relations)),
        "years": queries.years(request.case.organisation_id),
        "not_yet": say_refusal(not_yet) if not_yet else "",
    }
    return render(request, "evidence/erase_evidence.html", context, status=422 if form.errors else 200)


def _refusal(case: Any, now: datetime) -> Refusal | None:
    """Why not yet, before anybody has written a word."""
    closed = cases.closed_days([case.pk]).get(case.pk)
    return may_erase(
        closed[2] if closed else None,
        held=queries.open_hold(case.pk) is not None,
        years=queries.years(case.organisation_id),
        today=timezone.localdate(now),
    )
