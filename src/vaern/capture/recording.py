"""What goes through the gate, written down as it went: a WARC (ISO 28500) with each question and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from threading import Lock
from typing import IO
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from vaern.capture.facts import Exchange

Headers = Sequence[tuple[str, str]]
SOFTWARE = "Vaern capture"
# The body is kept without its framing, which these describe; replay would take them at their word.
_FRAMING = {"transfer-encoding"}


@dataclass
class Recorder:
    """Writes to `file` from several threads, one pair of records at a time. `exchanges` are in the order they ended."""

    file: IO[bytes]
    exchanges: list[Exchange] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._writer = WARCWriter(self.file, gzip=True, warc_version="WARC/1.1")

    def begin(self, about: dict[str, str]) -> None:
        """The first record: which program wrote this, and how."""
        record = self._writer.create_warcinfo_record("capture.warc.gz", {"software": SOFTWARE, **about})
        self._writer.write_record(record)

    def note(self, exchange: Exchange) -> None:
        """A question that got no answer: told, not recorded."""
        with self._lock:
            self.exchanges.append(exchange)

    def keep(
        self, exchange: Exchange, asked: Headers, sent: bytes, reason: str, answered: Headers, body: bytes
    ) -> None:
        extra = {"WARC-Date": stamp(exchange.at), "WARC-IP-Address": exchange.ip}
        if exchange.truncated:
            extra["WARC-Truncated"] = exchange.truncated
        with self._lock:
            self.exchanges.append(exchange)
            answer = self._record("response", exchange.url, f"{exchange.status} {reason}", answered, body, extra)
            target = urlsplit(exchange.url)._replace(scheme="", netloc="").geturl() or "/"
            line = f"{exchange.method} {target} HTTP/1.1"
            question = self._record("request", exchange.url, line, asked, sent, {"WARC-Date": extra["WARC-Date"]})
            self._writer.write_request_response_pair(question, answer)

    def _record(self, kind: str, url: str, first: str, headers: Headers, body: bytes, extra: dict[str, str]) -> object:
        kept = [(_unframed(name), value) for name, value in headers]
        http = (
            StatusAndHeaders(first, kept, is_http_request=True)
            if kind == "request"
            else StatusAndHeaders(first, kept, protocol="HTTP/1.1")
        )
        return self._writer.create_warc_record(
            url, kind, payload=BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=extra
        )


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _unframed(name: str) -> str:
    return f"X-Archive-Orig-{name}" if name.lower() in _FRAMING else name
