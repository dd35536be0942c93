"""What every answer carries, and when a session is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from vaern.web.middleware import RENEWED, HeadersMiddleware, SessionMiddleware

LOGGED_IN = SimpleNamespace(is_authenticated=True)
START = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.user = LOGGED_IN
    request.session = {}
    return request


def test_no_answer_may_be_cached(request_: HttpRequest) -> None:
    answer = HeadersMiddleware(lambda request: HttpResponse("x", headers={"Cache-Control": "public"}))(request_)
    assert answer["Cache-Control"] == "no-store"
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "Clear-Site-Data" not in answer


def test_logging_out_clears_what_the_browser_keeps(request_: HttpRequest) -> None:
    def log_out(request: HttpRequest) -> HttpResponse:
        request.user = AnonymousUser()
        return HttpResponse()

    assert HeadersMiddleware(log_out)(request_)["Clear-Site-Data"] == '"cache", "storage"'


def test_a_session_is_renewed_after_a_tenth_of_its_life(request_: HttpRequest) -> None:
    visit = SessionMiddleware(lambda request: HttpResponse())
    tenth = timedelta(seconds=settings.SESSION_COOKIE_AGE // 10)
    renewed = []
    for at in (START, START + tenth, START + tenth + timedelta(seconds=1)):
        with time_machine.travel(at, tick=False):
            visit(request_)
        renewed.append(request_.session[RENEWED])
    assert renewed == [START.timestamp(), START.timestamp(), START.timestamp() + tenth.total_seconds() + 1]


def test_a_visitor_without_login_gets_no_session(request_: HttpRequest) -> None:
    request_.user = AnonymousUser()
    SessionMiddleware(lambda request: HttpResponse())(request_)
    assert request_.session == {}
