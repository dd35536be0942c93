"""Import from the page: choose files, see what would happen, then do it."""

from __future__ import annotations

import base64
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaern.core.digest import digest
from vaern.core.refusal import Refused
from vaern.people import queries, service
from vaern.people.rules import Sheets, read_sheets
from vaern.web.doors import door
from vaern.web.people_words import FILES
from vaern.web.refusals import say_refusal
from vaern.web.screens.people.acting import page
from vaern.web.screens.people.forms import ImportForm

SALT = "people.import"
HOUR = 3600


@door("manage_people")
@require_http_methods(["GET", "POST"])
def import_people(request: Any) -> HttpResponseBase:
    if "files" in request.POST:
        return _confirm(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        contents = {name: file.read() for name in FILES if (file := form.cleaned_data[name])}
        return _rehearse(request, contents)
    return page(request, "import_people", form)


def _rehearse(request: Any, contents: dict[str, bytes]) -> HttpResponse:
    """The plan and every refused line. What was chosen travels with the page, signed, so that nothing is kept here."""
    sheets = read_sheets(contents.get("units"), contents.get("people"))
    plan = queries.rehearse_import(request.actor, request.actor.organisation_id, sheets, today=timezone.localdate())
    kept = {name: base64.b64encode(content).decode("ascii") for name, content in contents.items()}
    kept["plan"] = digest(repr(plan).encode())
    context = {"plan": plan, "words": FILES, "files": signing.dumps(kept, salt=SALT, compress=True)}
    return render(request, "people/confirm_import.html", context)


def _confirm(request: Any) -> HttpResponseBase:
    """Does it, when it is still what was shown; shows it again when somebody changed people in between."""
    try:
        kept = signing.loads(request.POST["files"], salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        messages.error(request, _("Siden er for gammel. Vælg filerne igen."))
        return redirect("import_people")
    contents = {name: base64.b64decode(kept[name]) for name in FILES if name in kept}
    sheets = read_sheets(contents.get("units"), contents.get("people"))
    organisation_id = request.actor.organisation_id
    plan = queries.rehearse_import(request.actor, organisation_id, sheets, today=timezone.localdate())
    if digest(repr(plan).encode()) != kept["plan"]:
        messages.warning(request, _("Noget er ændret imens. Se planen igen."))
        return _rehearse(request, contents)
    return _apply(request, organisation_id, sheets)


def _apply(request: Any, organisation_id: int, sheets: Sheets) -> HttpResponseBase:
    try:
        plan = service.import_people(
            actor=request.actor, organisation_id=organisation_id, sheets=sheets, now=timezone.now()
        )
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
        return redirect("import_people")
    return render(request, "people/see_import.html", {"plan": plan, "words": FILES})
