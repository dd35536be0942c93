"""Walls: pages that want a login or a sign of life before they show anything.

A wall is not evidence, and taking it in would say that the evidence is secured. Closed groups are where most of it
happens, so the words for a wall point to the employee's own screenshot.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from vaern.capture.facts import Page

# Hosts that do nothing but log people in.
_LOGIN_HOSTS = (
    "accounts.google.com",
    "accounts.snapchat.com",
    "appleid.apple.com",
    "login.live.com",
    "login.microsoftonline.com",
    "login.yahoo.com",
    "nemlog-in.dk",
    "nemlog-in.mitid.dk",
)
# The first words of paths, on each platform's own host and elsewhere.
_LOGIN_PATH = re.compile(
    r"/(log[-_]?in|logind|log[-_]?paa|sign[-_]?in|authwall|checkpoint|uas/login|accounts/login|i/flow/login|"
    r"users?/(log|sign)[-_]?in|session/new|auth|sso|oauth2?|login\.php)(/|\.|$)",
    re.IGNORECASE,
)
_CAPTCHA_FRAMES = (
    "challenges.cloudflare.com",
    "hcaptcha.com",
    "www.google.com/recaptcha",
    "www.recaptcha.net/recaptcha",
    "geo.captcha-delivery.com",
    "funcaptcha.com",
    "arkoselabs.com",
)
_CAPTCHA_TITLE = re.compile(r"^(just a moment|attention required|are you a (human|robot)|verify you are human|"
                            r"security check|access denied|sikkerhedstjek)", re.IGNORECASE)  # fmt: skip
_LITTLE_TEXT = 1500


def is_login(url: str) -> bool:
    """Whether an address is known to do nothing but log people in."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return any(host == one or host.endswith(f".{one}") for one in _LOGIN_HOSTS) or bool(_LOGIN_PATH.match(parts.path))


def is_captcha(page: Page) -> bool:
    """A question for a human that fills the page; one small box on a page with words is no wall."""
    if _CAPTCHA_TITLE.match(page.title.strip()):
        return True
    asked = any(one in frame for frame in page.frames for one in _CAPTCHA_FRAMES)
    return asked and page.text_length < _LITTLE_TEXT


def wall_of(asked: str, page: Page, status: int) -> str:
    """ "login_wall", "captcha", "asks_login" (the page has more to show than the question) or "".

    `asked` is the address that was asked for: who asked for a login page on purpose gets it as what it is, a wall.
    """
    if is_captcha(page):
        return "captcha"
    if status == 401 or is_login(page.url) or (is_login(asked) and page.passwords):
        return "login_wall"
    if page.passwords:
        return "login_wall" if page.text_length < _LITTLE_TEXT else "asks_login"
    return ""
