"""What is open to anybody: is it alive, which language, and the accessibility statement."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from vaern.web.doors import door

_YEAR = 365 * 24 * 60 * 60


@door("check_health")
@require_GET
def check_health(request: Any) -> HttpResponse:
    """200 when the database answers and evidence can be written; 503 with what fails, in one word each."""
    failing = [name for name, works in (("database", _database()), ("evidence", _evidence())) if not works]
    return HttpResponse(" ".join(failing) or "ok", status=503 if failing else 200, content_type="text/plain")


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _evidence() -> bool:
    folder = settings.EVIDENCE if settings.EVIDENCE.exists() else settings.EVIDENCE.parent
    return os.access(folder, os.W_OK)


@door("choose_language")
@require_POST
def choose_language(request: Any) -> HttpResponseBase:
    """Keeps the choice in a cookie, so that it also holds before login; goes back to where the choice was made."""
    back = request.POST.get("next", "/")
    allowed = {"allowed_hosts": {request.get_host()}, "require_https": request.is_secure()}
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, **allowed):
        back = "/"
    response = HttpResponseRedirect(back)  # never by the name of a view: `redirect` would look one up
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True
        )
    return response


@door("read_statement")
@require_GET
def read_statement(request: Any) -> HttpResponse:
    return render(request, "system/read_statement.html")
