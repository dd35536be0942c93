"""The page of a case, and its whole timeline."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from vaern.cases import queries, service
from vaern.web.doors import door
from vaern.web.screens.case.forms import MessageForm, NoteForm
from vaern.web.screens.case.page import show_case
from vaern.web.screens.case.timeline import timeline


@door("see_case")
@require_GET
def see_case(request: Any, case: UUID) -> HttpResponse:
    now = timezone.now()
    service.see_case(actor=request.actor, case=request.case, page="case", now=now)
    context = show_case(request, now, get_language())
    forms = {"message_form": MessageForm(auto_id="message_%s"), "note_form": NoteForm(auto_id="note_%s")}
    return render(request, "case/see_case.html", {**context, **forms})


@door("see_timeline")
@require_GET
def see_timeline(request: Any, case: UUID) -> HttpResponse:
    """The history, fifty acts at a time; `before` is the time of the oldest act on the page before."""
    service.see_case(actor=request.actor, case=request.case, page="timeline", now=timezone.now())
    composed = queries.plan_of(request.case, timezone.now()).composed
    found = timeline(request.case.pk, composed, request.relations, get_language(), before=_cursor(request))
    context = {"case": request.case, "label": queries.label(request.case), "timeline": found}
    return render(request, "case/see_timeline.html", context)


def _cursor(request: Any) -> datetime | None:
    given = request.GET.get("before", "")
    if not given:
        return None
    try:
        cursor = datetime.fromisoformat(given)
        if cursor.tzinfo is None:
            raise Http404
        return cursor.astimezone(UTC)
    except (ValueError, OverflowError) as unreadable:
        raise Http404 from unreadable
