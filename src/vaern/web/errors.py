"""Error pages: calm, without details, and made without session or database, since those may be what failed."""

from __future__ import annotations

import re

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import escape_leading_slashes


def _page(status: int, **context: bool | str | list[str]) -> HttpResponse:
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_much(request)
    return _page(400)


def too_much(request: HttpRequest) -> HttpResponse:
    """With the way back to the page the files came from: what was saved there is still there."""
    return _page(413, back=escape_leading_slashes(request.path))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(403, expired=False)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that lay open too long. The reason is for developers, and stays in Django's log."""
    return _page(403, expired=True)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(500)


_SECRET = re.compile("password|passphrase|secret|code|number|token")
"""Names of fields that are not written on a page again."""
_WORD = re.compile(r"[^\W\d_]{2}")
"""What has no two letters together is a day, a number or an id, and can be chosen anew."""


def not_kept(request: HttpRequest) -> HttpResponse:
    """The database or the disk took nothing. What was typed goes back to whoever typed it, and is kept nowhere else."""
    given = request.POST.lists() if request.method == "POST" else ()
    words = [text for name, texts in given if not _SECRET.search(name) for text in texts if _WORD.search(text)]
    return _page(503, words=words)
