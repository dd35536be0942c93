"""The job: visits the page and puts what came of it on the case."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from typing import IO, Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from vaern.capture import models, wacz
from vaern.capture.facts import VIEWPORT, Limits, Verdict
from vaern.capture.recording import stamp
from vaern.capture.rules import redirects
from vaern.capture.service.ending import end
from vaern.capture.visit import Visit, visit
from vaern.capture.world import World
from vaern.cases import queries as cases
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import service as evidence
from vaern.evidence.facts import Made, Said
from vaern.people import queries as people
from vaern.people.doors import may

_log = logging.getLogger(__name__)
_HOSTS_MOST = 60


@dataclass
class File:
    """A file of our own making, in the shape evidence takes in."""

    name: str | None
    size: int | None
    _content: IO[bytes]

    def read(self, size: int = -1, /) -> bytes:
        return self._content.read(size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._content.seek(offset, whence)

    def tell(self) -> int:
        return self._content.tell()


def run_capture(capture: str, world: World | None = None, limits: Limits | None = None) -> None:
    """Does one capture, if nobody else does. `world` is the tests' own; a job can hand over names and numbers only."""
    mine = models.Capture.objects.filter(pk=capture, state="asked")
    if not mine.update(state="running", started_at=timezone.now(), tries=F("tries") + 1):
        return
    row = models.Capture.objects.select_related("asked_by").get(pk=capture)
    try:
        verdict = _visit(row, world or World(closed=settings.CAPTURE_CLOSED), limits or Limits())
    except Exception as fault:
        # What the fault quotes may be the page's words; they belong in no log.
        _log.error("capture failed: %s", type(fault).__qualname__)
        verdict = Verdict("failed", "crashed")
    row.refresh_from_db(fields=["items"])
    end(row, verdict.state, verdict.reason, verdict.remarks, timezone.now())


def _visit(row: models.Capture, world: World, limits: Limits) -> Verdict:
    if not settings.CAPTURE:
        return Verdict("failed", "off")
    with visit(row.address, world=world, limits=limits, hide=settings.CAPTURE_HIDES) as seen:
        if seen.verdict.state != "done":
            return seen.verdict
        return _take_in(row, seen)


def _take_in(row: models.Capture, seen: Visit) -> Verdict:
    """The recording first; the picture and the page as one file are copies beside it, and name it."""
    remarks = list(seen.verdict.remarks)
    if seen.page.height > Limits().picture_height:
        remarks.append("cut")
    with tempfile.TemporaryFile() as package:
        main = redirects(row.address, seen.exchanges)
        wacz.pack(package, seen.warc, url=row.address, title=seen.page.title, at=main[0].at if main else seen.at)
        files: dict[str, IO[bytes]] = {"wacz": package, "png": BytesIO(seen.picture), "mhtml": BytesIO(seen.snapshot)}
        how = _how(row, seen, {name: _digest(content) for name, content in files.items()})
        for kind, code in (("png", "no_picture"), ("mhtml", "no_snapshot")):
            if _size(files[kind]) == 0:
                del files[kind]
                remarks.append(code)
        for code in _keep(row, files, how):
            if code in {"case_closed", "not_kept"}:
                return Verdict("failed", code)
            remarks.append(code)
    return Verdict("done", "", tuple(remarks))


def _keep(row: models.Capture, files: Mapping[str, IO[bytes]], how: dict[str, Any]) -> Iterator[str]:
    """Takes in each file; yields a code of `REASONS` or `REMARKS` for each that could not be."""
    actor = people.actor_of(row.asked_by, today=timezone.localdate())
    case = cases.case_for(actor, row.case_id)
    if case is None or not may("capture_page", cases.relations(actor, case)):
        yield "case_closed"
        return
    first: UUID | None = None
    for kind, content in files.items():
        name = f"side-{urlsplit(row.address).hostname}-{row.asked_at:%Y%m%d-%H%M}.{kind}"
        made = Made("capture", how, derived_from=first, kind="wacz" if kind == "wacz" else "")
        upload = File(name, _size(content), content)
        try:
            item = evidence.take_in(
                actor=actor, upload=upload, case_id=row.case_id, note=row.address[:1000], said=Said(url=row.address),
                made=made, now=timezone.now(),
            )  # fmt: skip
        except (Refused, Unseen) as problem:
            yield _code(problem)
            continue
        first = first or item.id
        row.items.append(str(item.id))
        row.save(update_fields=["items"])


def _code(problem: Refused | Unseen) -> str:
    code = problem.refusal.code if isinstance(problem, Refused) else "case_closed"
    return code if code in {"already_here", "case_closed"} else "not_kept"


def _how(row: models.Capture, seen: Visit, digests: Mapping[str, str]) -> dict[str, Any]:
    """Who asked whom, with what, when, and what answered: enough to judge the files by, and to do it again."""
    hosts = {urlsplit(one.url).hostname or "": one.ip for one in seen.exchanges if one.ip}
    chain = redirects(row.address, seen.exchanges)
    return {
        "capture": str(row.pk),
        "tool": "Chromium",
        "version": seen.browser,
        "driver": f"playwright {version('playwright')}",
        "recorder": f"warcio {version('warcio')}, WARC 1.1, WACZ {wacz.VERSION}",
        "agent": seen.agent,
        "viewport": f"{VIEWPORT['width']}x{VIEWPORT['height']}",
        "room": "namespaces of its own (user, network, processes, mounts), the browser's own sandbox on",
        "requested": row.address,
        "final": seen.page.url[:2000],
        "status": chain[-1].status if chain else 0,
        "redirects": [{"url": one.url[:2000], "status": one.status, "ip": one.ip} for one in chain],
        "certificate": chain[-1].certificate if chain else "",
        "addresses": dict(list(hosts.items())[:_HOSTS_MOST]),
        "answers": sum(one.status > 0 for one in seen.exchanges),
        "refused": sum(bool(one.refused) for one in seen.exchanges),
        "truncated": sum(bool(one.truncated) for one in seen.exchanges),
        "begun": stamp(seen.at),
        "ended": stamp(seen.ended_at),
        "sha256": dict(digests),
    }


def _digest(content: IO[bytes]) -> str:
    content.seek(0)
    return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]


def _size(content: IO[bytes]) -> int:
    return content.seek(0, 2)
