"""The door before every view: `@door("close_case")`. A view without one is refused, also by mistake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from vaern.cases import queries as cases
from vaern.core.refusal import Unseen
from vaern.people import doors, queries
from vaern.web.errors import not_found
from vaern.web.login import needs_second_factor

View = Callable[..., HttpResponseBase]


def door(act: str) -> Callable[[View], View]:
    """Declares which act of the table in `people.doors` the view is. An unknown act stops the start."""
    if act not in doors.DOORS:
        raise ImproperlyConfigured(f"No door {act!r} in people.doors.")

    def declare(view: View) -> View:
        view.door = act  # type: ignore[attr-defined]
        return view

    return declare


class DoorMiddleware:
    """Asks the table before each view. Inside the view `request.actor` is who asks; at a case's door also
    `request.case` (the case, already seen to be the actor's) and `request.relations`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: View, args: tuple[object, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        act = getattr(view, "door", None)
        if act is None:
            raise ImproperlyConfigured(f"The view {view.__module__}.{view.__qualname__} declares no door.")
        entry = doors.DOORS[act]
        if entry.kind == "public":
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        request.actor = queries.actor_of(request.user, today=timezone.localdate())
        if act != "keep_profile" and act != "log_out" and needs_second_factor(request.actor):
            return redirect("mfa_activate_totp")
        _enter(request, act, entry, kwargs)
        # Somebody brought in by name, or whose post has ended, may read a case without holding any post today.
        if entry.kind == "case" and needs_second_factor(request.actor, request.relations):
            return redirect("mfa_activate_totp")
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a service cannot see for this actor does not exist."""
        return not_found(request, exception) if isinstance(exception, Unseen) else None


def _enter(request: Any, act: str, entry: doors.Door, kwargs: dict[str, Any]) -> None:
    """Returns when the actor may pass; raises 404 for a case or draft that is not theirs, 403 for a missing role."""
    if request.actor.organisation_id is None:
        raise PermissionDenied
    if entry.kind == "post" and not doors.may(act, {post.role for post in request.actor.posts}):
        raise PermissionDenied
    if entry.kind == "draft" and not cases.is_author(request.actor, kwargs["draft"]):
        raise Http404
    if entry.kind == "case":
        request.case = cases.case_for(request.actor, kwargs["case"])
        request.relations = cases.relations(request.actor, request.case) if request.case else frozenset()
        if not doors.may(act, request.relations):
            raise Http404
