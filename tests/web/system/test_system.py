"""What is open to anybody: health, the language and the accessibility statement."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


def test_health_answers_in_a_word() -> None:
    answer = Client().get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_health_says_when_evidence_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "EVIDENCE", settings.DATA / "missing" / "evidence")
    answer = Client().get("/health/")
    assert (answer.status_code, answer.content) == (503, b"evidence")


@pytest.mark.parametrize(
    ("back", "wanted"),
    [
        ("/statement/", "/statement/"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
        ("start", "/"),
        ("no such view", "/"),
        ("\\\\example.org", "/"),
        ("/statement/\r\nSet-Cookie: a=b", "/statement/%0D%0ASet-Cookie:%20a=b"),
    ],
)
def test_choosing_a_language_goes_back_and_never_to_another_host(back: str, wanted: str) -> None:
    client = Client()
    answer = client.post("/language/", {"language": "en", "next": back})
    assert (answer.status_code, answer["Location"]) == (302, wanted)
    assert client.cookies["django_language"].value == "en"


def test_a_language_we_do_not_have_changes_nothing() -> None:
    client = Client()
    client.post("/language/", {"language": "kl"})
    assert "django_language" not in client.cookies


def test_the_statement_needs_no_login_and_speaks_both_languages() -> None:
    client = Client()
    assert "Tilgængelighed" in client.get("/statement/", headers={"accept-language": "da"}).content.decode()
