"""Error pages: calm, in the reader's language, with nothing about the error, and without session or database."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from django.utils import translation

from vaern.web import errors

SECRET = "Rikke Holm 010190"


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/sag/1/", {"navn": SECRET})


def test_the_page_for_a_fault_of_ours_needs_no_database(request_: HttpRequest) -> None:
    # Without the db fixture any query would be an error here.
    answer = errors.server_error(request_)
    assert answer.status_code == 500
    assert "Det er ikke din skyld" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [(RequestDataTooBig(SECRET), 413), (TooManyFilesSent(SECRET), 413), (SuspiciousOperation(SECRET), 400)],
)
def test_too_much_is_told_apart_from_unreadable(request_: HttpRequest, wrong: Exception, status: int) -> None:
    answer = errors.bad_request(request_, wrong)
    assert answer.status_code == status
    assert SECRET not in answer.content.decode()


def test_missing_and_forbidden_say_nothing_of_why(request_: HttpRequest) -> None:
    missing, forbidden = (
        errors.not_found(request_, Http404(SECRET)),
        errors.forbidden(request_, PermissionDenied(SECRET)),
    )
    assert (missing.status_code, forbidden.status_code) == (404, 403)
    assert SECRET not in missing.content.decode() + forbidden.content.decode()


def test_a_form_that_lay_open_too_long_says_what_to_do(request_: HttpRequest) -> None:
    answer = errors.csrf_failure(request_, reason=SECRET)
    assert answer.status_code == 403
    assert "stået åben for længe" in answer.content.decode()
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_says_which_language_it_is_in(request_: HttpRequest, language: str) -> None:
    with translation.override(language):
        assert f'<html lang="{language}">' in errors.not_found(request_, Http404()).content.decode()
