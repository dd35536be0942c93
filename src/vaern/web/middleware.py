"""What every answer carries, and when a session is renewed."""

from __future__ import annotations

import errno
import logging
import re
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.utils import timezone

from vaern.web.errors import bad_request, not_kept, too_much

log = logging.getLogger(__name__)

Next = Callable[[HttpRequest], HttpResponse]

# A page of ours needs none of these; a picture is chosen through a file field, which is no permission.
_PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen"),
        *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
    )
)
RENEWED = "renewed"
_HALF = re.compile("[\ud800-\udfff]")


class HeadersMiddleware:
    """Nothing personal stays in a browser's or proxy's cache, and logging out empties the browser's of this site."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_in = request.user.is_authenticated
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Permissions-Policy"] = _PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if was_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class TextMiddleware:
    """Refuses what no browser sends: text in another coding than UTF-8, and text with NUL or half a character in it.

    Neither can be kept by every database or written on a page, and each field that forgot to look would be a fault of
    ours. Stands before the session, whose cookie is text too.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        coding = (request.content_params or {}).get("charset", "utf-8")
        plain = coding.lower() in {"utf-8", "utf8"} and all(
            _is_text(text) for text in (request.path, *request.COOKIES.values(), *_texts(request.GET))
        )
        return self.get_response(request) if plain else bad_request(request, BadRequest())

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        """Asked here, because the size of what is about to be read has been looked at by then."""
        try:
            plain = all(_is_text(text) for text in _texts(request.POST))
        except UnreadablePostError:
            return None  # the browser has gone: the check against forged forms ends this in silence
        return None if plain else bad_request(request, BadRequest())


def _texts(given: QueryDict) -> Iterator[str]:
    for name, values in given.lists():
        yield name
        yield from map(str, values)


def _is_text(text: str) -> bool:
    return "\x00" not in text and (text.isascii() or _HALF.search(text) is None)


class SizeMiddleware:
    """Refuses a body that is too large by its announced length, before anything of it is read.

    Django's own limits leave files out, and the check against forged forms reads the whole body before any view is
    asked. Files are for people who are logged in: for anybody else the limit is that of a form without any.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if request.user.is_authenticated:
            most += settings.REPORT_MAX
        if _announced(request) > most:
            return too_much(request)
        return self.get_response(request)


def _announced(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


class StoredSessionMiddleware(DjangoSessionMiddleware):
    """A page is sent although the database has no room for the session: it may hold what somebody typed a minute ago
    and could not save. Django would say "bad request" in its place. A session that is gone still ends so."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except SessionInterrupted as interrupted:
            if _no_room(interrupted):
                return response
            raise


def _no_room(fault: BaseException | None) -> bool:
    while fault and not isinstance(fault, OperationalError):
        fault = fault.__context__
    return fault is not None


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class WordsMiddleware:
    """A page that cannot be kept, because the database or the disk takes nothing, costs no word that was typed."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not isinstance(fault, OperationalError) and getattr(fault, "errno", None) not in _FULL:
            return None
        log.error("nothing can be kept: %s", type(fault).__qualname__)
        return not_kept(request)


class SessionMiddleware:
    """Renews an idle session only when a tenth of its life has passed.

    Saving it at each click (SESSION_SAVE_EVERY_REQUEST) would make every read a write. The price: a session may
    end up to a tenth early.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            if now - request.session.get(RENEWED, 0) > settings.SESSION_COOKIE_AGE // 10:
                request.session[RENEWED] = now
        return self.get_response(request)
