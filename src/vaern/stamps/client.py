"""Asking an authority: one request, one answer, checked in full before anybody hears of it.

Only the digest leaves the house. It says nothing about the file, and nothing about whose it is.
"""

from __future__ import annotations

import secrets
import socket
from contextlib import suppress
from datetime import UTC, datetime
from threading import Timer
from typing import Any

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
    with _Watch(seconds) as watch:
        try:
            with (
                httpx.Client(timeout=seconds) as client,
                client.stream("POST", url, content=body, headers=_HEADERS, extensions={"trace": watch.see}) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    raise check.Unfit("refused")
                found = _body(response)
        except httpx.TimeoutException as error:
            raise check.Unfit("slow") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise check.Unfit("slow" if watch.cut else "unreachable") from error
    if watch.cut:
        # A body without a length ends where it was cut off.
        raise check.Unfit("slow")
    return found


def _body(response: httpx.Response) -> bytes:
    body = b""
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > MOST:
            raise check.Unfit("too_large")
    return body


class _Watch:
    """Cuts the connection when its time is over, wherever it is: the library's own limit begins anew with each byte,
    so that one who drips headers could hold a worker for days."""

    def __init__(self, seconds: float) -> None:
        self.cut = False
        self._sockets: list[socket.socket] = []
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True

    def see(self, event: str, told: dict[str, Any]) -> None:
        """A handle of our own to the connection: TLS takes the first one away."""
        if event == "connection.connect_tcp.complete":
            self._sockets.append(told["return_value"].get_extra_info("socket").dup())
            if self.cut:
                self._end()

    def _end(self) -> None:
        self.cut = True
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> _Watch:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for one in self._sockets:
            one.close()
