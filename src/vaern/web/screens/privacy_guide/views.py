"""A walk through a profile of one's own, platform by platform. What is ticked stays in the browser."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from vaern.web.doors import door
from vaern.web.privacy_guides import privacy_guide, privacy_platforms


@door("read_privacy_guide")
@require_safe
def read_privacy_guide(request: Any) -> HttpResponse:
    """All there are to choose among, and the one asked for. One that there is none of is as good as none chosen."""
    language = get_language() or "da"
    guide = privacy_guide(request.GET.get("platform", ""), language, timezone.localdate())
    context = {"guide": guide, "platforms": privacy_platforms(language)}
    return render(request, "privacy_guide/read_privacy_guide.html", context)
