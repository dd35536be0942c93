"""How to secure a piece of evidence, for anybody of the house, before there is a case or beside one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from vaern.web.capture_guides import guide_for, platforms
from vaern.web.doors import door


@door("read_capture_guide")
@require_safe
def read_capture_guide(request: Any) -> HttpResponse:
    """All there are to choose among, and the one asked for. One that there is none of is as good as none chosen."""
    language = get_language() or "da"
    guide = guide_for(request.GET.get("platform", ""), language, timezone.localdate())
    context = {"guide": guide, "platforms": platforms(language)}
    return render(request, "capture_guide/read_capture_guide.html", context)
