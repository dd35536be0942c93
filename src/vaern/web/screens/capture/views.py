"""A public page, captured by the server: asked for here, and here one reads how it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from vaern.capture import queries, service
from vaern.capture.facts import Capture
from vaern.cases import queries as cases
from vaern.cases.service import see_case
from vaern.core.refusal import Refused
from vaern.evidence import queries as evidence
from vaern.evidence.facts import Item
from vaern.people import queries as people
from vaern.web.doors import door
from vaern.web.refusals import put_in_form
from vaern.web.screens.capture.forms import AddressForm

_STATES: dict[str, tuple[str | Promise, str]] = {
    "asked": (_("Venter"), "info"),
    "running": (_("Bliver hentet"), "info"),
    "done": (_("Hentet"), "success"),
    "refused": (_("Afvist"), "warning"),
    "failed": (_("Ikke hentet"), "warning"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A capture as the page shows it."""

    capture: Capture
    state: str | Promise
    tone: str
    who: str
    words: list[str]
    items: list[Item]


@door("capture_page")
@require_http_methods(["GET", "POST"])
def capture_page(request: Any, case: UUID) -> HttpResponseBase:
    form = AddressForm(request.POST or None)
    if request.method == "GET":
        see_case(actor=request.actor, case=request.case, page="capture", now=timezone.now())
        return _page(request, AddressForm())
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        address = form.cleaned_data["address"]
        service.capture_page(actor=request.actor, case_id=case, address=address, now=timezone.now())
    except Refused as refused:
        put_in_form(form, refused.refusals)
        return _page(request, form, status=422)
    messages.success(request, _("Siden bliver hentet. Det tager et par minutter. Du behøver ikke vente her."))
    return redirect("capture_page", case=case)


def _page(request: Any, form: AddressForm, status: int = 200) -> HttpResponse:
    lines = _lines(request.case.pk)
    context = {
        "form": form,
        "case": request.case,
        "label": cases.label(request.case),
        "home": "see_my_case" if "affected" in request.relations else "see_case",
        "on": settings.CAPTURE,
        "lines": lines,
        "under_way": any(line.capture.state in queries.WAITING for line in lines),
    }
    return render(request, "capture/capture_page.html", context, status=status)


def _lines(case_id: UUID) -> list[Line]:
    captures = queries.captures_of(case_id)
    items = {item.id: item for item in evidence.items_of_case(case_id)} if captures else {}
    names = people.names({one.asked_by for one in captures})
    return [
        Line(
            one,
            *_STATES[one.state],
            names.get(one.asked_by, ""),
            [gettext(words) for words in queries.words_of(one)],
            [items[item] for item in one.items if item in items],
        )
        for one in captures
    ]
