"""What the frame around every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_noop

from vaern.people import doors
from vaern.people.facts import Actor

# Act (which is also the address's name) and what the menu calls it; shown to whom the act's door opens.
MENU = (
    ("see_my_cases", gettext_noop("Mine sager")),
    ("see_my_duties", gettext_noop("Mine opgaver")),
    ("see_inbox", gettext_noop("Indbakke")),
    ("list_cases", gettext_noop("Alle sager")),
    ("read_guideline", gettext_noop("Retningslinjen")),
    ("manage_people", gettext_noop("Personer")),
    ("manage_guidelines", gettext_noop("Retningslinjer")),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """`frame` in every template: who is logged in, for which organisation, the menu, and whether all is invented."""
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "frame": {
            "actor": actor,
            "organisation": actor.organisation_name if actor else "",
            "menu": menu(actor) if actor and actor.organisation_id is not None else [],
            "demo": settings.DEMO,
        }
    }


def menu(actor: Actor) -> list[dict[str, str]]:
    """Rows of `address` and `text`, for the acts whose door this actor's posts open."""
    roles = {post.role for post in actor.posts}
    return [
        {"address": address(act), "text": gettext(text)} for act, text in MENU if doors.may(act, roles) and address(act)
    ]


def address(act: str) -> str:
    """Where an act without a subject is done; "" while no screen offers it."""
    try:
        return reverse(act)
    except NoReverseMatch:
        return ""
