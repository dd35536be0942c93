"""The gate between the browser and the world: a small proxy, and the browser's only way out.

It is also where the recording is made: both ends of TLS meet here, so what is written down is what the server sent and
not what a page made of it. (Asking the browser for the bodies afterwards was the other way: it forgets those of pages
that redirect, and of frames and workers in other processes.)
"""

from __future__ import annotations

import hashlib
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import Message
from http.server import BaseHTTPRequestHandler
from io import BufferedIOBase
from socket import socket
from socketserver import TCPServer, ThreadingMixIn
from threading import Condition, Lock
from typing import Any

import httpcore

from vaern.capture.certificates import Certificates
from vaern.capture.facts import Exchange, Limits
from vaern.capture.recording import Headers, Recorder
from vaern.capture.rules import split_address
from vaern.capture.world import BadCertificate, Forbidden, World
from vaern.core.refusal import Refusal

_CHUNK = 64 * 1024
_SENT_MOST = 1024 * 1024
_STEP_SECONDS = 20.0
# Between one end and the next only (RFC 9110, 7.6.1). Alt-Svc would call the browser to another road.
_HOP = {"connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer",
        "transfer-encoding", "upgrade", "alt-svc"}  # fmt: skip
_BODILESS = {204, 304}


@dataclass
class Budget:
    """What the visit may still cost, counted over all connections."""

    limits: Limits
    until: float
    _left: int = field(init=False)
    _answers: int = field(init=False)
    hit: bool = False
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._left, self._answers = self.limits.bytes_all, self.limits.answers

    def answer(self) -> bool:
        """One more answer; False when there is none left."""
        with self._lock:
            self._answers -= 1
            return self._open(self._answers >= 0)

    def take(self, size: int, so_far: int, since: float) -> str:
        """ "" or how the answer is cut: "length" or "time". `since` is when it began (monotonic)."""
        with self._lock:
            self._left -= size
            if not self._open(self._left >= 0 and so_far <= self.limits.bytes_one):
                return "length"
            end = min(self.until, since + self.limits.answer_seconds)
            return "" if self._open(time.monotonic() < end) else "time"

    def _open(self, fits: bool) -> bool:
        self.hit = self.hit or not fits
        return fits


class Gate(ThreadingMixIn, TCPServer):
    """Serves on a socket that somebody else made listen, in the browser's own closed network."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, listening: socket, world: World, recorder: Recorder, budget: Budget, keys: Certificates) -> None:
        super().__init__(("127.0.0.1", 0), Relay, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.recorder, self.budget, self.keys = recorder, budget, keys
        self._busy, self._idle = 0, Condition()
        self.pool = httpcore.ConnectionPool(
            ssl_context=world.tls, network_backend=world, max_connections=64, keepalive_expiry=10, http2=False
        )

    def handle_error(self, request: object, client_address: object) -> None:
        """The browser hanging up is no fault of ours, and what went through here belongs in no log."""

    @contextmanager
    def busy(self) -> Iterator[None]:
        """One question under way."""
        with self._idle:
            self._busy += 1
        try:
            yield
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    def settle(self, seconds: float) -> bool:
        """Waits until no question is under way: what was passed on is then written down, too."""
        with self._idle:
            return self._idle.wait_for(lambda: self._busy == 0, seconds)

    def server_close(self) -> None:
        super().server_close()
        self.pool.close()


class Relay(BaseHTTPRequestHandler):
    """One connection of the browser."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    server: Gate
    _inside = ""

    def do_CONNECT(self) -> None:
        """Answers in the server's place, and looks at each question inside."""
        host, _, port = self.path.rpartition(":")
        if port != "443" or self._inside:
            self._refuse(self.path, "inside")
            return
        self.send_response_only(200)
        self.end_headers()
        self._inside = f"https://{host.lower()}"
        self.connection = self.server.keys.context_for(host.strip("[]").lower()).wrap_socket(
            self.connection, server_side=True
        )
        self.rfile, self.wfile = self.connection.makefile("rb"), _Writer(self.connection)
        self.close_connection = False

    def relay(self) -> None:
        with self.server.busy():
            self._relay()

    def _relay(self) -> None:
        url = self._inside + self.path if self._inside else self.path
        found = split_address(url)
        sent = self._sent()
        if isinstance(found, Refusal):
            self._refuse(url, "inside")
        elif _is_the_browsers_own(url, self.headers):
            self._answer_nothing(403)
        elif sent is None or self.headers.get("Upgrade") or not self.server.budget.answer():
            self._answer_nothing(413)
        else:
            self._ask(url, sent)

    do_GET = do_HEAD = do_POST = do_OPTIONS = relay

    def _ask(self, url: str, sent: bytes) -> None:
        exchange = Exchange(url, self.command, datetime.now(UTC))
        asked = [(name, value) for name, value in self.headers.items() if name.lower() not in _HOP]
        seconds = max(1.0, min(_STEP_SECONDS, self.server.budget.until - time.monotonic()))
        try:
            with self.server.pool.stream(
                self.command,
                url.split("#")[0],
                headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in asked],
                content=sent,
                extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), seconds)},
            ) as answer:
                self._hand_on(exchange, asked, sent, answer)
        except Forbidden:
            self._refuse(url, "inside")
        except BadCertificate:
            self._fail(replace(exchange, problem="certificate"))
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, ValueError):
            self._fail(replace(exchange, problem="unreachable"))

    def _hand_on(self, exchange: Exchange, asked: Headers, sent: bytes, answer: httpcore.Response) -> None:
        """Passes the answer on as it comes, then writes it down; also what was broken off."""
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers]
        exchange = _described(exchange, answer, headers)
        body = bytearray()
        truncated, since = "", time.monotonic()
        try:
            pass_on = self._start(answer.status, headers)
            for chunk in answer.iter_stream():
                truncated = self.server.budget.take(len(chunk), len(body) + len(chunk), since)
                if truncated:
                    break
                body += chunk
                pass_on(chunk)
            else:
                pass_on(b"")
        except httpcore.TimeoutException:
            truncated = "time"
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError):
            truncated = "disconnect"
        self.close_connection = self.close_connection or bool(truncated)
        reason = answer.extensions.get("reason_phrase", b"").decode("latin-1")
        kept = replace(exchange, size=len(body), truncated=truncated)
        self.server.recorder.keep(kept, asked, sent, reason, headers, bytes(body))

    def _start(self, status: int, headers: Headers) -> Callable[[bytes], Any]:
        """Sends the head; how to send the body. Its length is said when the server said it, else it comes in chunks."""
        self.send_response_only(status)
        sized = any(name.lower() == "content-length" for name, _ in headers)
        for name, value in headers:
            if name.lower() not in _HOP:
                self.send_header(name, value)
        bodiless = self.command == "HEAD" or status in _BODILESS
        if not sized and not bodiless:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if bodiless:
            return lambda chunk: None
        return self.wfile.write if sized else self._write_chunk

    def _write_chunk(self, chunk: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))

    def _sent(self) -> bytes | None:
        """What the browser sends along; None when it is too much or of unknown length."""
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdecimal() or int(length) > _SENT_MOST:
            return None
        return self.rfile.read(int(length))

    def _refuse(self, url: str, why: str) -> None:
        self.server.recorder.note(Exchange(url, self.command, datetime.now(UTC), refused=why))
        self._answer_nothing(403)

    def _fail(self, exchange: Exchange) -> None:
        self.server.recorder.note(exchange)
        self._answer_nothing(502)

    def _answer_nothing(self, status: int) -> None:
        self.send_response_only(status)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Addresses belong in no log."""


class _Writer(BufferedIOBase):
    """What the handler writes to inside TLS, whole and at once (socketserver's own is private)."""

    def __init__(self, connection: socket) -> None:
        self._connection = connection

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._connection.sendall(data)
        return len(data)

    def close(self) -> None:
        self._connection.close()
        super().close()


def _described(exchange: Exchange, answer: httpcore.Response, headers: Headers) -> Exchange:
    known = {name.lower(): value for name, value in headers}
    stream = answer.extensions["network_stream"]
    tls = stream.get_extra_info("ssl_object")
    certificate = tls.getpeercert(binary_form=True) if isinstance(tls, ssl.SSLSocket) else None
    return replace(
        exchange,
        status=answer.status,
        ip=str(stream.get_extra_info("number")),
        mime=known.get("content-type", "").split(";")[0].strip().lower(),
        location=known.get("location", "") if 300 <= answer.status < 400 else "",
        certificate=hashlib.sha256(certificate).hexdigest() if certificate else "",
        captcha=known.get("cf-mitigated", "") == "challenge",
    )


def _is_the_browsers_own(url: str, headers: Message) -> bool:
    """What Chromium asks its maker for by itself (updates, what a form might be about). Nobody asked for that.

    Pages say where a question comes from (Sec-Fetch-Site, W3C Fetch Metadata); only the first one comes from nowhere,
    and that is a navigation. To plain http: nothing is said, and Chromium asks nothing for itself.
    """
    if not url.startswith("https:"):
        return False
    site, mode = headers.get("Sec-Fetch-Site", ""), headers.get("Sec-Fetch-Mode", "")
    return not site or (site == "none" and mode != "navigate")
