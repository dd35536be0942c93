"""A small world outside: a real web server on loopback that stands for every invented name, over HTTP and HTTPS.

No name is looked up and no other number is dialled than the server's: `World` gets a lookup and a dial of the tests'
own. Every name is said to be at 203.0.114.x, which is public, and whatever is dialled is written down.
"""

from __future__ import annotations

import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from tests.evidence.files import png
from vaern.capture.certificates import Certificates
from vaern.capture.world import World

PUBLIC = "203.0.114.7"
Answer = tuple[int, dict[str, str], bytes]
HTML = {"Content-Type": "text/html; charset=utf-8"}
WORDS = "Borgeren skriver noget grimt om en medarbejder. "


def page(body: str, title: str = "Et opslag") -> Answer:
    return 200, HTML, f"<!doctype html><html lang=da><title>{title}</title><body>{body}</body></html>".encode()


def to(place: str, status: int = 302) -> Answer:
    return status, {"Location": place}, b""


PAGES: dict[str, Answer] = {
    "/": page(f"<h1>Opslaget</h1><p>{WORDS * 5}</p><img src=/picture.png alt=''>"),
    "/picture.png": (200, {"Content-Type": "image/png"}, png()),
    "/long": page("".join(f"<p style='height:400px'>Afsnit {n}</p>" for n in range(60)) + "<img src=/picture.png>"),
    "/frames": page("<h1>Ramme</h1><iframe src='//andet.eksempel.dk/'></iframe>"),
    "/lazy": page("<p style='height:5000px'>top</p><img loading=lazy src=/picture.png?lazy>"),
    "/moved": to("/"),
    "/moved-twice": to("/moved", 301),
    "/elsewhere": to("https://andet.eksempel.dk/"),
    "/gone": (410, HTML, b"<h1>Slettet</h1>"),
    "/missing": (404, HTML, b"<h1>Findes ikke</h1>"),
    "/broken": (500, HTML, b"<h1>Fejl</h1>"),
    "/closed": (403, HTML, b"<h1>Nej</h1>"),
    "/members": to("/login?next=/members"),
    "/login": page("<form>Log ind <input name=u><input type=password name=p></form>", "Log ind"),
    "/group": page("<h1>Lukket gruppe</h1><form><input name=u><input type=password></form>"),
    "/open-with-login": page(f"<form><input type=password></form><p>{WORDS * 100}</p>"),
    "/captcha": page("<p>Vent</p><iframe src='https://challenges.cloudflare.com/x'></iframe>", "Just a moment..."),
    "/file": (200, {"Content-Type": "application/zip", "Content-Disposition": "attachment; filename=a.zip"}, b"PK"),
    "/alerts": page("<p>Hej</p><script>for (let i = 0; i < 20; i++) alert(i)</script>"),
    "/alerts-for-ever": page("<p>Hej</p><script>while (true) alert(1)</script>"),
    "/busy": page("<p>Hej</p><script>while (true) {}</script>"),
    "/windows": page("<p>Hej</p><script>for (let i = 0; i < 9; i++) window.open('/long')</script>"),
    "/worker": page("<p>Hej</p><script>navigator.serviceWorker && navigator.serviceWorker.register('/sw.js')</script>"),
    "/sw.js": (200, {"Content-Type": "text/javascript"}, b"self.addEventListener('fetch', e => fetch('/from-worker'))"),
    "/memory": page("<p>Hej</p><script>const a = []; while (true) a.push(new Float64Array(1e6).fill(1.1))</script>"),
    "/many": page("<p>Hej</p>" + "".join(f"<img src='/picture.png?{n}'>" for n in range(60))),
    "/post": page("<p>Hej</p><script>fetch('/sent', {method: 'POST', body: 'x'.repeat(100)})</script>"),
    "/sent": page("tak"),
    "/socket": page("<p>Hej</p><script>new WebSocket('ws://side.eksempel.dk/ws')</script>"),
    "/swears": page("<p>Hej</p><script>navigator.geolocation.getCurrentPosition(console.log)</script>"),
}


def reach_for(place: str) -> dict[str, Answer]:
    """The ways in which a page can send a browser somewhere: each leads to `place`."""
    return {
        "/as-redirect": to(place),
        "/as-meta": page(f"<p>{WORDS}</p><meta http-equiv=refresh content='0;url={place}'>"),
        "/as-script": page(f"<p>{WORDS}</p><script>location.href = '{place}'</script>"),
        "/as-frame": page(f"<p>{WORDS}</p><iframe src='{place}'></iframe>"),
        "/as-picture": page(f"<p>{WORDS}</p><img src='{place}'>"),
        "/as-fetch": page(f"<p>{WORDS}</p><script>fetch('{place}', {{mode: 'no-cors'}}).catch(() => 0)</script>"),
    }


@dataclass
class Outside:
    """`asked` are (host, method, path) as the server got them; `dialled` are (number, port)."""

    http: int
    https: int
    tls: ssl.SSLContext
    pages: dict[str, Answer]
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    def world(self, **more: object) -> World:
        return World(lookup=self._lookup, dial=self._dial, tls=self.tls, **more)  # type: ignore[arg-type]

    def _lookup(self, host: str) -> list[str]:
        """`names` may give a name several answers, one after the other."""
        self.looked_up.append(host)
        if host[0].isdigit() or ":" in host:
            return [host]
        if not host.endswith("eksempel.dk") and host not in self.names:
            raise socket.gaierror("no such name")
        answers = self.names.get(host, [[PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _dial(self, number: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append((number, port))
        assert number == PUBLIC, "nothing but the public number may ever be dialled"
        return socket.create_connection(("127.0.0.1", self.https if port == 443 else self.http), timeout=seconds)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    outside: Outside

    def answer(self) -> None:
        self.outside.asked.append((self.headers.get("Host", ""), self.command, self.path))
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        odd = ODD.get(urlsplit(self.path).path)
        if odd:
            odd(self)
            return
        nothing = (404, HTML, b"")
        status, headers, body = self.outside.pages.get(self.path, PAGES.get(urlsplit(self.path).path, nothing))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_HEAD = answer

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def _endless(handler: _Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    handler.close_connection = True
    handler.wfile.write(b"<!doctype html><title>Uden ende</title><p>Begyndelsen</p>")
    try:
        while True:
            handler.wfile.write(b"<p>mere</p>")
            handler.wfile.flush()
            time.sleep(0.2)
    except OSError:
        return


def _slow(handler: _Handler) -> None:
    """Never answers, until the other end hangs up."""
    handler.close_connection = True
    handler.connection.settimeout(60)
    handler.connection.recv(1)


def _huge(handler: _Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(10**12))
    handler.end_headers()
    handler.close_connection = True
    try:
        handler.wfile.write(b"<!doctype html><p>stor</p>")
        while True:
            handler.wfile.write(b" " * 1_000_000)
    except OSError:
        return


def _liar(handler: _Handler) -> None:
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nhello")


def _chunked(handler: _Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    handler.wfile.write(b"c\r\n<p>stykker</\r\n2\r\np>\r\n0\r\n\r\n")


ODD: dict[str, Callable[[_Handler], None]] = {
    "/endless": _endless, "/slow": _slow, "/huge": _huge, "/liar": _liar, "/chunked": _chunked,
}  # fmt: skip


@contextmanager
def outside(pages: dict[str, Answer] | None = None) -> Iterator[Outside]:
    """The server with its pages, and those of the test."""
    with tempfile.TemporaryDirectory() as folder:
        keys = Certificates(Path(folder))
        handler = type("Handler", (_Handler,), {})
        servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler) for _ in range(2)]
        servers[1].socket = keys.context_for("side.eksempel.dk").wrap_socket(servers[1].socket, server_side=True)
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        world = Outside(*(one.server_address[1] for one in servers), trusting, pages or {})
        handler.outside = world  # type: ignore[attr-defined]
        for server in servers:
            server.daemon_threads = True
            server.block_on_close = False
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield world
        finally:
            for server in servers:
                server.shutdown()
                server.server_close()
