"""A real authority in a process of its own, around OpenSSL; the address says how it misbehaves.

`python -m tests.stamps.server FOLDER` makes three authorities (good, expired, stranger) and serves until stdin closes.
"""

from __future__ import annotations

import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from vaern.ops.authority import make, reply
from vaern.stamps import der

MODES = {
    "good": "the answer as it should be",
    "expired": "signed with a certificate that ended yesterday",
    "stranger": "signed under another root",
    "wrong_nonce": "an answer to another question about the same digest",
    "wrong_imprint": "a stamp of another digest",
    "rejects": "a proper answer that says no",
    "garbage": "a page of text",
    "half": "the answer, cut off in the middle",
    "empty": "no bytes at all",
    "huge": "a body without end",
    "busy": "status 503",
    "elsewhere": "a redirect to the good address",
    "slow": "a byte now and then",
    "drips": "headers that never end, a byte now and then",
    "silent": "never an answer",
}


def answer(folder: Path, mode: str, query: bytes) -> bytes:
    digest = query[24:56]
    if mode in {"expired", "stranger"}:
        return reply(folder / mode, query)
    if mode == "wrong_nonce":
        return reply(folder / "good", der.request(digest, 42))
    if mode == "wrong_imprint":
        return reply(folder / "good", query.replace(digest, bytes(32)))
    if mode == "rejects":
        return reply(folder / "good", der.request(digest, 42, "1.2.3.4.99"))
    if mode == "garbage":
        return b"<!doctype html><p>Velkommen</p>"
    whole = reply(folder / "good", query)
    return {"half": whole[: len(whole) // 2], "empty": b""}.get(mode, whole)


class Handler(BaseHTTPRequestHandler):
    folder: Path
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        mode = self.path.strip("/")
        query = self.rfile.read(int(self.headers["Content-Length"]))
        if mode == "silent":
            time.sleep(60)
        elif mode == "busy":
            self._send(503, b"")
        elif mode == "elsewhere":
            self._send(302, b"", Location="/good")
        elif mode == "huge":
            self._pour(b"0" * 65536, 0)
        elif mode == "drips":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            self._drip(b"0", 0.2)
        elif mode == "slow":
            self._pour(b"0", 0.2)
        else:
            self._send(200, answer(self.folder, mode, query))

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _pour(self, piece: bytes, pause: float) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self._drip(piece, pause)

    def _drip(self, piece: bytes, pause: float) -> None:
        try:
            while True:
                self.wfile.write(piece)
                time.sleep(pause)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def main(folder: Path) -> None:
    make(folder / "good")
    make(folder / "expired", ends=datetime.now(UTC) - timedelta(days=1))
    make(folder / "stranger")
    Handler.folder = folder
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_address[1]}/", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
