"""What the frame around every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """`frame` in every template: who is logged in, for which organisation, and whether all of it is invented."""
    actor = getattr(request, "actor", None)
    return {
        "frame": {
            "actor": actor,
            "organisation": getattr(actor, "organisation_name", ""),
            "demo": settings.DEMO,
        }
    }
