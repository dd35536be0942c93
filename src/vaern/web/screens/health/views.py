"""One page that says what works, what does not, and what is not set up. Each section asks one room."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from vaern.web.doors import door
from vaern.web.screens.health.sections import SECTIONS


@door("see_health")
@require_GET
def see_health(request: Any) -> HttpResponse:
    now = timezone.now()
    sections = [section(request.actor, now) for section in SECTIONS]
    failing = sum(row.state == "failing" for section in sections for row in section.rows)
    return render(request, "health/see_health.html", {"sections": sections, "failing": failing})
