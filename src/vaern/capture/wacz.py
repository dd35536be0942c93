"""WACZ 1.1.1: a recording and the index that replay tools need, in one ZIP.

Small code of our own: the library for it stands on one under the AGPL, and is used only to check ours in the tests. The
same recording gives the same bytes, because every date comes from the recording.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

from vaern.capture.recording import SOFTWARE, stamp

VERSION = "1.1.1"
_ARCHIVE = "archive/capture.warc.gz"
_ENDING = re.compile(r"^www\d*\.")


def pack(target: IO[bytes], warc: IO[bytes], *, url: str, title: str, at: datetime) -> None:
    """Writes the package. `url`, `title` and `at` are those of the page the recording is about."""
    parts: list[tuple[str, bytes]] = [
        ("indexes/index.cdx", _index(warc)),
        ("pages/pages.jsonl", _pages(url, title, at)),
    ]
    resources = [_resource(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in parts]
    warc.seek(0)
    digest = hashlib.file_digest(warc, "sha256").hexdigest()  # type: ignore[arg-type]
    resources.insert(0, _resource(_ARCHIVE, warc.tell(), digest))
    package = _json(_description(url, title, at, resources), indent=2)
    whole = _json({"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}, indent=2)
    with zipfile.ZipFile(target, "w") as archive:
        _store(archive, at, warc)
        for name, data in (*parts, ("datapackage.json", package), ("datapackage-digest.json", whole)):
            archive.writestr(_entry(name, at, zipfile.ZIP_DEFLATED), data)


def _store(archive: zipfile.ZipFile, at: datetime, warc: IO[bytes]) -> None:
    """The recording is not packed a second time: replay tools read single records out of the middle."""
    warc.seek(0)
    with archive.open(_entry(_ARCHIVE, at, zipfile.ZIP_STORED), "w") as place:
        while chunk := warc.read(256 * 1024):
            place.write(chunk)


def _entry(name: str, at: datetime, how: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = how
    entry.external_attr = 0o644 << 16
    return entry


def _resource(path: str, size: int, digest: str) -> dict[str, object]:
    return {"name": path.rpartition("/")[2].lower(), "path": path, "hash": f"sha256:{digest}", "bytes": size}


def _description(url: str, title: str, at: datetime, resources: list[dict[str, object]]) -> dict[str, object]:
    return {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": title or url,
        "created": stamp(at),
        "software": SOFTWARE,
        "mainPageUrl": url,
        "mainPageDate": stamp(at),
        "resources": resources,
    }


def _pages(url: str, title: str, at: datetime) -> bytes:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    page = {"id": hashlib.sha256(url.encode()).hexdigest()[:22], "url": url, "ts": stamp(at), "title": title or url}
    return _json(head) + b"\n" + _json(page) + b"\n"


def _index(warc: IO[bytes]) -> bytes:
    """CDXJ: one line for each answer that replay can find by its address, in the order of the keys."""
    warc.seek(0)
    return "".join(f"{line}\n" for line in sorted(_lines(warc))).encode()


def _lines(warc: IO[bytes]) -> Iterator[str]:
    """Answers to GET only: replay would serve the answer to a sent form to whoever asks for its page."""
    records = ArchiveIterator(warc)
    held: list[tuple[str, str, dict[str, str]]] = []
    for record in records:
        name = record.rec_headers.get_header("WARC-Target-URI")
        if record.rec_type == "response":
            held.append(_line(records, record, name))
        elif record.rec_type == "request" and held and record.http_headers.protocol == "GET":
            key, moment, data = held.pop()
            yield f"{key} {moment} {json.dumps(data)}"


def _line(records: ArchiveIterator, record: object, url: str) -> tuple[str, str, dict[str, str]]:
    headers = record.rec_headers  # type: ignore[attr-defined]
    http = record.http_headers  # type: ignore[attr-defined]
    moment = re.sub(r"\D", "", headers.get_header("WARC-Date"))[:14]
    mime = (http.get_header("Content-Type") or "").split(";")[0].strip()
    return sort_key(url), moment, {
        "url": url,
        "mime": mime or "unk",
        "status": http.get_statuscode(),
        "digest": headers.get_header("WARC-Payload-Digest") or "-",
        "length": str(records.get_record_length()),
        "offset": str(records.get_record_offset()),
        "filename": _ARCHIVE.rpartition("/")[2],
    }  # fmt: skip


def sort_key(url: str) -> str:
    """The "sort-friendly" form of an address by which replay tools look it up: dk,eksempel)/sti?a=1

    The host backwards and without www, all in lower case, questions in order, no fragment.
    """
    parts = urlsplit(url.lower())
    host = _ENDING.sub("", parts.hostname or "")
    backwards = host if ":" in host else ",".join(reversed(host.split(".")))
    path = parts.path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{backwards}){path}{f'?{query}' if query else ''}"


def _json(data: object, indent: int | None = None) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=indent).encode()
