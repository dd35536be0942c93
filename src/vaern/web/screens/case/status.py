"""What is done and not done, without the content; and how the level above steps in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vaern.cases import queries, service
from vaern.cases.rules import sees_content, sees_duty
from vaern.cases.service.change import kinds_of
from vaern.core.refusal import Refused
from vaern.guideline.facts import State
from vaern.web.doors import door
from vaern.web.duty_rows import is_settled, show_row
from vaern.web.refusals import put_in_form
from vaern.web.screens.case.forms import ReasonForm


@door("see_status")
@require_GET
def see_status(request: Any, case: UUID) -> HttpResponse:
    service.see_case(actor=request.actor, case=request.case, page="status", now=timezone.now())
    return _page(request, ReasonForm())


@door("step_in")
@require_POST
def step_in(request: Any, case: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            service.step_in(
                actor=request.actor, case_id=request.case.pk, reason=form.cleaned_data["reason"], now=timezone.now()
            )
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Du er nu med i sagen."))
            return redirect("see_case", request.case.pk)
    return _page(request, form)


def _page(request: Any, form: ReasonForm) -> HttpResponse:
    now = timezone.now()
    found = request.case
    context = {
        "case": found,
        "label": queries.label(found),
        "silence": queries.silence_of(found, now),
        "form": form if "above" in request.relations else None,
        "danger": "above" in request.relations and found.in_danger and found.state == "open",
        "reads": sees_content(request.relations),
        **_rows(request, now),
    }
    return render(request, "case/see_status.html", context, status=422 if form.errors else 200)


def _rows(request: Any, now: datetime) -> dict[str, object]:
    """By title and time alone: why something waits, and how it ended, would tell what the case is about."""
    plan = queries.plan_of(request.case, now)
    shown = {row.id: show_row(plan.composed, row, request.case.pk, now, get_language()) for row in plan.rows}
    mine = {
        row.id
        for row in plan.rows
        if sees_duty(request.relations, kinds_of(row.owners, plan.composed.role)) and row.state is State.OWED
    }
    return {
        "open": [shown[row.id] for row in plan.rows if row.state is State.OWED],
        "later": [shown[row.id] for row in plan.rows if row.state in (State.WAITING, State.BLOCKED) and row.must_close],
        "settled": [shown[row.id] for row in plan.rows if is_settled(row)],
        "mine": mine,
    }
