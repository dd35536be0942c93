"""What is new for me: one line each, which leads to where it can be read. No content of a case stands here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vaern.notices import queries, service
from vaern.notices.facts import Line
from vaern.notices.rules import KINDS
from vaern.web.doors import door


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as it is read: its words, where it leads, and whether it is new."""

    words: str
    label: str
    address: str
    at: datetime
    seen: bool


@door("see_notices")
@require_GET
def see_notices(request: Any) -> HttpResponse:
    now = timezone.now()
    lines = queries.lines(request.actor)
    service.see_notices(actor=request.actor, now=now)
    return render(request, "notices/see_notices.html", {"lines": [_shown(line) for line in lines]})


def _shown(line: Line) -> Shown:
    return Shown(_(KINDS[line.kind]), line.label, _address(line), line.at, line.seen)


def _address(line: Line) -> str:
    """Where it can be read, as the reader's part in the case allows."""
    if line.case_id is None:
        return ""
    if line.leads == "duty":
        return reverse("fulfil_duty", args=[line.case_id, line.duty])
    return reverse({"own": "see_my_case", "status": "see_status"}.get(line.leads, "see_case"), args=[line.case_id])
