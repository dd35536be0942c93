"""A real browser against a real server: Debian's Chromium, on a phone's screen unless a test asks for another.

Nothing may leave the machine: a page that asks another host for anything fails its test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests import people_kit
from tests.people_kit import Municipality
from vaern.people.models import User

# Playwright keeps an event loop in this thread, which Django takes for an asynchronous caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1200, "height": 900}
BROWSERS = ("chromium-headless-shell", "chromium")
"""Debian's Chromium; without what draws windows, where it is there, the same pages take a third less processor."""
OpenPage = Callable[..., Page]
PATIENCE = 60_000
"""Milliseconds, for what never comes. How long a page takes depends on what else the machine does; times that are
promised are measured elsewhere."""
expect.set_options(timeout=PATIENCE / 2)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    place = next(filter(None, map(shutil.which, BROWSERS)), "/usr/bin/chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def town(transactional_db: None, settings: Settings, tmp_path: Path) -> Municipality:
    settings.EVIDENCE = tmp_path / "evidence"
    return people_kit.a_municipality()


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """`open_page(user, script=True, screen=PHONE)`: a page of a browser of her own, logged in as her."""
    contexts: list[BrowserContext] = []
    strangers: list[str] = []

    def watch(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != urlsplit(live_server.url).netloc:
            strangers.append(parts.netloc)

    def open_(user: User, *, script: bool = True, screen: dict[str, int] = PHONE) -> Page:
        context = chromium.new_context(
            viewport=screen, java_script_enabled=script, base_url=live_server.url, locale="da-DK", has_touch=True
        )
        contexts.append(context)
        context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": _session(user), "url": live_server.url}]
        )
        context.on("request", watch)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert strangers == []


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return str(client.cookies[django_settings.SESSION_COOKIE_NAME].value)
