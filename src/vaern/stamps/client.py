"""Asking an authority: one request, one answer, checked in full before anybody hears of it.

Only the digest leaves the house. It says nothing about the file, and nothing about whose it is.
"""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime

import httpx

from vaern.stamps import check, der, rules
from vaern.stamps.facts import Answer, Authority

SECONDS = 20.0
"""For the whole of it: a server that answers one byte a second must not hold a worker."""
MOST = 256 * 1024
_HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
    "Accept-Encoding": "identity",
}


def ask(authority: Authority, digest: str, *, seconds: float = SECONDS) -> Answer:
    """A stamp of a digest (64 hexadecimal digits). `check.Unfit` says why there is none."""
    imprint, nonce = bytes.fromhex(digest), secrets.randbits(63) | 1
    asked = datetime.now(UTC)
    response = _post(authority.url, der.request(imprint, nonce, authority.policy), seconds)
    gen_time = check.checked(response, imprint, authority.roots, nonce=nonce, policy=authority.policy)
    if not rules.clocks_agree(gen_time, asked, datetime.now(UTC)):
        raise check.Unfit("clock")
    return Answer(response, gen_time)


def _post(url: str, body: bytes, seconds: float) -> bytes:
    """Redirects are not followed: whom we ask is a setting, not the answer of a stranger."""
    until = time.monotonic() + seconds
    try:
        with httpx.stream("POST", url, content=body, headers=_HEADERS, timeout=seconds) as response:
            if response.status_code != httpx.codes.OK:
                raise check.Unfit("refused")
            return _body(response, until)
    except httpx.TimeoutException as error:
        raise check.Unfit("slow") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise check.Unfit("unreachable") from error


def _body(response: httpx.Response, until: float) -> bytes:
    body = b""
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > MOST:
            raise check.Unfit("too_large")
        if time.monotonic() > until:
            raise check.Unfit("slow")
    return body
