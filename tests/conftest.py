"""Shared fixtures: the same people everywhere (see `people_kit.py`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from pytest_django import Settings

from bench import ready
from tests.journal_kit import wiping_history
from tests.mail_kit import Inbox, certificate, mail_server
from vaern.letters.service import making

# Both limits measure how busy the machine is, not what the program does. Times we promise have tests of their own.
hypothesis.settings.register_profile("vaern", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("vaern")


@pytest.fixture(scope="session", autouse=True)
def _wiping_history() -> Iterator[None]:
    """Tests with real transactions empty every table afterwards, which the journal's triggers refuse."""
    with wiping_history():
        yield


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """What `django_db_modify_db_settings` copied is taken as it is."""
    return ON_SQLITE or bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The tables are made once and copied by each process: making them takes longer than a hundred tests."""
    test = settings.DATABASES["default"]["TEST"]
    if not ON_SQLITE:
        test["TEMPLATE"] = ready.database(os.environ["VAERN_DATABASE_URL"], ENVIRONMENT)
        yield
        return
    copied = Path(test["NAME"])
    ready.copy_database(copied, ENVIRONMENT)
    yield
    for left in copied.parent.glob(f"{copied.name}*"):
        left.unlink()


@pytest.fixture(scope="session", autouse=True)
def _each_letter_is_drawn_once() -> Iterator[None]:
    """By the real programs, which take a second each; the same letter again is the same bytes again."""
    pdf_of, word = cache(making.pdf_of), making._word
    written: dict[str, bytes] = {}

    def word_of(pieces: dict[str, Any]) -> bytes:
        key = json.dumps(pieces)
        if key not in written:
            written[key] = word(pieces)
        return written[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "pdf_of", pdf_of)
        patch.setattr(making, "_word", word_of)
        yield


@pytest.fixture
def inbox(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Inbox]:
    """A real mail server that letters may go out by."""
    folder = tmp_path_factory.getbasetemp()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(folder)[1]))
    with mail_server(folder) as (inbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAIL_HOST = settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = port, True, 5
        settings.MAIL_FROM, settings.LETTER_MAIL = "vaern@kommunen.example", True
        yield inbox


def pytest_configure(config: pytest.Config) -> None:
    """While the processes read all the tests, what all of them will wait for is made."""
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and getattr(config.option, "numprocesses", None)
    if whole and "PYTEST_XDIST_WORKER" not in os.environ:
        ahead = subprocess.Popen([sys.executable, "-m", "bench.ready"], env=ENVIRONMENT, cwd=ready.ROOT)
        config.add_cleanup(ahead.wait)


ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "vaern.config.settings"}
ON_SQLITE = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
DATABASE = {"db", "transactional_db", "live_server"}


def _asks_a_database(item: pytest.Item) -> bool:
    return bool(DATABASE & {*getattr(item, "fixturenames", ())}) or any(
        item.get_closest_marker(mark) for mark in ("django_db", "both_databases")
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What drives a browser is marked by that, so that no test can forget to say so. On PostgreSQL, what never asks a
    database is not asked again; see `./run test`."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    if not ON_SQLITE:
        left = [item for item in items if not _asks_a_database(item)]
        items[:] = [item for item in items if _asks_a_database(item)]
        config.hook.pytest_deselected(items=left)
