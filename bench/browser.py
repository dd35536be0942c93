"""As much of a browser as a report needs: cookies, forms with files, one open connection. Standard library only."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

Files = Mapping[str, tuple[str, bytes]]
"""Field -> (file name, bytes)."""


class Gone(Exception):
    """The server went away before its answer was here."""


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    location: str
    text: str


class Browser:
    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Page:
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: Mapping[str, str], files: Files | None = None) -> Page:
        """Sends a form, with the token a form of ours carries."""
        signed = {**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        if files:
            body, kind = _multipart(signed, files)
        else:
            body, kind = urlencode(signed).encode(), "application/x-www-form-urlencoded"
        return self._ask("POST", path, body, {"Content-Type": kind})

    def log_in(self, email: str, password: str) -> None:
        self.get("/log_in/")
        answer = self.post("/log_in/", {"login": email, "password": password})
        if answer.status != 302:
            raise RuntimeError(f"{email} was not let in: {answer.status}")

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Page:
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            self._connection.request(method, path, body, {**headers, **({"Cookie": cookies} if cookies else {})})
            answer = self._connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            self.hang_up()
            raise Gone(path) from error
        self._keep(answer)
        return Page(answer.status, answer.getheader("Location", ""), text)

    def hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _keep(self, answer: http.client.HTTPResponse) -> None:
        for header in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()


def _multipart(fields: Mapping[str, str], files: Files) -> tuple[bytes, str]:
    edge = uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, (filename, content) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        parts += [head.encode(), b"Content-Type: application/octet-stream\r\n\r\n", content, b"\r\n"]
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


def values_of(page: str, field: str) -> list[str]:
    """The values a page offers for a field, in their order."""
    return re.findall(rf'name="{field}" value="([^"]*)"', page)
