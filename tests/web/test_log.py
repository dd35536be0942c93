"""The log tells which page and which fault, and nothing somebody typed."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from logging.config import DictConfigurator
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.test import Client, RequestFactory

SECRET = "0101011234-Karim-Kaya-cz4x9f"
pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the console of an installation would show, made from the very same settings."""
    made: Any = DictConfigurator(settings.LOGGING)
    made.config["formatters"]["line"] = made.configure_formatter(made.config["formatters"]["line"])
    made.config["filters"]["page"] = made.configure_filter(made.config["filters"]["page"])
    handler = made.configure_handler({**settings.LOGGING["handlers"]["console"]})
    written = io.StringIO()
    handler.setStream(written)
    root, django = logging.getLogger(), logging.getLogger("django")
    before = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    assert django.propagate
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.parametrize(
    ("method", "path", "line"),
    [
        ("GET", f"/{SECRET}/", "404 GET (no such page)"),
        ("PUT", f"/log_in/link/5/{SECRET}/", "405 PUT /log_in/link/<int:user_id>/<str:secret>/"),
        ("POST", f"/log_in/link/5/{SECRET}/", "403 POST /log_in/link/<int:user_id>/<str:secret>/"),
        ("GET", f"/calendar/{SECRET}/deadlines.ics", "404 GET /calendar/<str:secret>/deadlines.ics"),
        ("GET", f"/health/?a={SECRET}&b=%00", "400 GET"),
    ],
)
def test_no_address_is_in_the_log(log: io.StringIO, method: str, path: str, line: str) -> None:
    client = Client(enforce_csrf_checks=method == "POST")
    assert client.generic(method, path, SECRET.encode()).status_code == int(line[:3])
    assert line in log.getvalue()
    assert SECRET not in log.getvalue()


def test_a_false_host_is_not_in_the_log(log: io.StringIO) -> None:
    assert Client().get("/", headers={"host": f"{SECRET}.example"}).status_code == 400
    assert "400 GET" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_a_fault_tells_its_kind_and_place_and_not_its_words(log: io.StringIO, rf: RequestFactory) -> None:
    fault = LookupError(SECRET)
    fault.__cause__ = ValueError(SECRET)
    assert response_for_exception(rf.get(f"/{SECRET}/"), _raised(fault)).status_code == 500
    said = log.getvalue()
    assert "builtins.LookupError" in said
    assert "builtins.ValueError" in said
    assert "test_log.py" in said
    assert SECRET not in said


def _raised(fault: LookupError) -> LookupError:
    with pytest.raises(LookupError) as caught:
        raise fault
    return caught.value
