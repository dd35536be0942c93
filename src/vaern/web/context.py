"""What the frame around every page knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vaern.people.doors import DOORS, may
from vaern.people.facts import Actor


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    text: str | Promise


_MENU: tuple[tuple[str, str | Promise], ...] = (
    ("start", _("Forside")),
    ("see_my_duties", _("Mine opgaver")),
    ("see_notices", _("Nyt")),
    ("list_cases", _("Sager")),
    ("see_inbox", _("Indbakke")),
    ("read_guideline", _("Retningslinjen")),
    ("manage_people", _("Personer")),
    ("manage_guidelines", _("Retningslinjer")),
    ("see_health", _("Drift")),
    ("keep_profile", _("Mig")),
)
"""The act a page is, and its words in the menu. Who sees which stands in the table of doors."""
_NOT_FOR_ALL = frozenset({"see_my_duties"})


def frame(request: HttpRequest) -> dict[str, Any]:
    """`frame` in every template: who is logged in, for which organisation, the menu, and whether all is invented."""
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "frame": {
            "actor": actor,
            "organisation": getattr(actor, "organisation_name", ""),
            "menu": _menu(actor) if actor and actor.organisation_id else (),
            "demo": settings.DEMO,
        }
    }


def _menu(actor: Actor) -> tuple[Link, ...]:
    """What this person may open. Somebody with no post but that of an employee gets the shortest menu there is."""
    roles = {post.role for post in actor.posts}
    plain = roles <= {"employee"}
    return tuple(
        Link(reverse(act), words)
        for act, words in _MENU
        if (DOORS[act].kind == "login" or may(act, roles)) and not (plain and act in _NOT_FOR_ALL)
    )
