"""The private calendar: the page that opens and closes it, and the address a calendar program asks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vaern.core.refusal import Unseen
from vaern.notices import queries, service
from vaern.web.doors import door


@door("keep_calendar")
@require_http_methods(["GET", "POST"])
def keep_calendar(request: Any) -> HttpResponse:
    """The new address is shown on the answer itself and never again: only its digest is kept."""
    address = ""
    if request.method == "POST":
        secret = service.open_calendar(actor=request.actor, now=timezone.now())
        address = request.build_absolute_uri(reverse("read_calendar", args=[secret]))
    context = {"address": address, "opened": queries.calendar_opened(request.actor)}
    return render(request, "notices/keep_calendar.html", context)


@door("keep_calendar")
@require_POST
def close_calendar(request: Any) -> HttpResponse:
    if service.close_calendar(actor=request.actor, now=timezone.now()):
        messages.success(request, _("Kalenderen er lukket. Adressen virker ikke mere."))
    return redirect("keep_calendar")


@door("read_calendar")
@require_GET
def read_calendar(request: Any, secret: str) -> HttpResponse:
    address = f"{settings.PUBLIC_URL}{reverse('see_my_duties')}" if settings.PUBLIC_URL else ""
    words, name = _("En frist i Værn"), _("Værn")
    try:
        data = queries.calendar_of(secret, words=words, name=name, address=address, now=timezone.now())
    except Unseen as unseen:
        raise Http404 from unseen
    return HttpResponse(data, content_type="text/calendar; charset=utf-8")
