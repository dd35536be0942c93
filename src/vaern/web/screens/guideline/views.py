"""The guideline in use, as a page anybody of the organisation can read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from vaern.cases import queries as cases
from vaern.web.doors import door
from vaern.web.screens.guideline.reading import read


@door("read_guideline")
@require_safe
def read_guideline(request: Any) -> HttpResponse:
    in_use = cases.guideline_in_use(request.actor.organisation_id)
    if in_use is None:
        return render(request, "guideline/no_guideline.html")
    version, composed = in_use
    context = read(composed, get_language() or "da") | {"adopted_at": version.adopted_at}
    return render(request, "guideline/read_guideline.html", context)
