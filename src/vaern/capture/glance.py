"""One GET through the gate's own network, and what can be said of the answer. No Django, no browser."""

from __future__ import annotations

import hashlib
import re
import time
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import httpcore

from vaern.capture.facts import Look, Page, Seen
from vaern.capture.rules import split_address, wall_of
from vaern.capture.world import BadCertificate, Forbidden, World
from vaern.core.refusal import Refusal

_SECONDS = 20.0
_BYTES = 3 * 1024 * 1024
_HOPS = 6
_MOVED = {301, 302, 303, 307, 308}
_HEADERS = {
    "User-Agent": "Vaern (looks whether a public page is still there)",
    "Accept": "text/html,*/*;q=0.5",
    "Accept-Language": "da,en;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_SILENT = {"script", "style", "noscript", "template", "svg"}


def glance(address: str, *, seen: Seen | None, at: datetime, world: World) -> Look:
    """Always answers: what goes wrong outside is "unknown" with a reason."""
    url, until = urldefrag(address).url, time.monotonic() + _SECONDS
    world = replace(world, until=until)
    with httpcore.ConnectionPool(ssl_context=world.tls, network_backend=world, max_connections=2) as pool:
        for _ in range(_HOPS):
            try:
                status, headers, body, number = _get(pool, url, until)
            except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, ValueError) as problem:
                return Look("unknown", at, _reason(problem), url=url)
            if status not in _MOVED or "location" not in headers:
                return _say(address, url, status, headers, body, number, seen, at)
            url = urldefrag(urljoin(url, headers["location"])).url
            if isinstance(split_address(url), Refusal):
                return Look("unknown", at, "inside", status, url)
    return Look("unknown", at, "bad_status", url=url)


def words_in(html: str) -> tuple[str, str, int]:
    """Title, readable words, and how many fields for a password."""
    reader = _Words()
    reader.feed(html)
    return reader.title.strip()[:300], " ".join(" ".join(reader.words).split()), reader.passwords


def _say(
    asked: str,
    url: str,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    number: str,
    seen: Seen | None,
    at: datetime,
) -> Look:
    title, words, passwords = words_in(body.decode("utf-8", "replace"))
    page = Page(url=url, title=title, text_length=len(words), passwords=passwords)
    if status in {404, 410}:
        return Look("gone", at, "gone", status, url, number)
    wall = "captcha" if headers.get("cf-mitigated") == "challenge" else wall_of(asked, page, status)
    if wall == "login_wall":
        return Look("login_wall", at, wall, status, url, number)
    if wall == "captcha" or status >= 400:
        reason = wall or ("denied" if status in {403, 429, 451} else "bad_status")
        return Look("unknown", at, reason, status, url, number)
    now_seen = Seen(_digest(title, words))
    standing = "up" if seen is None or seen == now_seen else "changed"
    return Look(standing, at, "", status, url, number, now_seen)  # type: ignore[arg-type]


def _get(pool: httpcore.ConnectionPool, url: str, until: float) -> tuple[int, dict[str, str], bytes, str]:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    body = bytearray()
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), left)
    with pool.stream("GET", url, headers=list(_HEADERS.items()), extensions={"timeout": timeout}) as answer:
        for chunk in answer.iter_stream():
            body += chunk
            if len(body) > _BYTES or time.monotonic() > until:
                break
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
        number = str(answer.extensions["network_stream"].get_extra_info("number"))
        return answer.status, headers, _unpacked(bytes(body[:_BYTES]), headers.get("content-encoding", "")), number


def _unpacked(body: bytes, encoding: str) -> bytes:
    """We ask for none; some pack all the same. Unpacked no further than the limit."""
    if encoding not in {"gzip", "deflate"}:
        return body if encoding in {"", "identity"} else b""
    try:
        return zlib.decompressobj(wbits=47).decompress(body, _BYTES)
    except zlib.error:
        return b""


def _digest(title: str, words: str) -> str:
    """Without numbers: counts of likes and "3 minutes ago" change by themselves."""
    return hashlib.sha256(re.sub(r"[\d\s.,:]+", " ", f"{title}\n{words}").encode()).hexdigest()


def _reason(problem: Exception) -> str:
    if isinstance(problem, Forbidden):
        return "inside"
    return "certificate" if isinstance(problem, BadCertificate) else "unreachable"


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title, self.passwords = "", 0
        self.words: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT or tag == "title":
            self._open.append(tag)
        self.passwords += tag == "input" and ("type", "password") in attrs

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                continue

    def handle_data(self, data: str) -> None:
        if "title" in self._open:
            self.title += data
        elif not self._open:
            self.words.append(data)
