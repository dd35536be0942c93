"""What every answer carries, and when a session is renewed."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from vaern.web.errors import too_much

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
