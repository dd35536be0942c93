"""The cases somebody may read, page by page; and those that are late or silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from vaern.cases import queries
from vaern.cases.facts import CaseLine
from vaern.web.doors import door

_LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with where it leads: the case for who has a part in it, its status for the others."""

    line: CaseLine
    late: bool
    url: str


@door("list_cases")
@require_GET
def list_cases(request: Any) -> HttpResponse:
    now = timezone.now()
    state = "closed" if request.GET.get("state") == "closed" else "open"
    page = _page_number(request.GET.get("page", ""))
    lines, more = queries.case_lines(request.actor, now, state=state, page=page)
    context = {"cases": [_shown(line, now) for line in lines], "state": state, "page": page, "more": more}
    return render(request, "lists/list_cases.html", context)


@door("see_inbox")
@require_GET
def see_inbox(request: Any) -> HttpResponse:
    """Not a list of faults: a list of cases in which somebody waits."""
    now = timezone.now()
    lines = [_shown(line, now) for line in queries.inbox_lines(request.actor, now)]
    own, below = [one for one in lines if one.line.part], [one for one in lines if not one.line.part]
    referred = [_shown(line, now) for line in queries.referred_lines(request.actor, now)]
    return render(request, "lists/see_inbox.html", {"own": own, "below": below, "referred": referred})


def _page_number(given: str) -> int:
    number = int(given) if given.isdecimal() and len(given) < 6 else 1
    return min(max(number, 1), _LAST_PAGE)


def _shown(line: CaseLine, now: datetime) -> Shown:
    late = line.state == "open" and line.next_due_at is not None and line.next_due_at < now
    return Shown(line, late, reverse("see_case" if line.part else "see_status", kwargs={"case": line.id}))
