"""Runs inside an installation and prints seconds as JSON: evidence taken in, and read again by the check, each beside
the least one could do with the same bytes. `python -m bench.sealing ROUNDS SIZE…`"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import struct
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.base import File  # noqa: E402

from bench.fill import people  # noqa: E402
from vaern.cases import service as cases  # noqa: E402
from vaern.evidence import service as evidence  # noqa: E402
from vaern.people import queries  # noqa: E402
from vaern.people.models import User  # noqa: E402

PIECE = 256 * 1024


def a_film(path: Path, size: int) -> None:
    """An MP4 of random bytes: nothing that judges it has pictures to decode, so that storing is what is measured."""
    with path.open("wb") as file:
        file.write(struct.pack(">I4s", 16, b"ftyp") + b"isom\x00\x00\x02\x00" + struct.pack(">I4s", 8, b"moov"))
        file.write(struct.pack(">I4s", size - 24, b"mdat"))
        for place in range(24 + 8, size, PIECE):
            file.write(os.urandom(min(PIECE, size - place)))
        file.flush()
        os.fsync(file.fileno())


def taken_in(path: Path) -> float:
    actor = queries.actor_of(User.objects.get(name="medarbejder0"), today=datetime.now(UTC).date())
    now = datetime.now(UTC)
    draft = cases.start_report(actor=actor, who="me", now=now).pk
    begun = time.perf_counter()
    with path.open("rb") as opened:
        evidence.take_in(actor=actor, upload=File(opened, "film.mp4"), draft_id=draft, now=now)
    return time.perf_counter() - begun


def plainly(path: Path, target: Path) -> float:
    begun, digest = time.perf_counter(), hashlib.sha256()
    with path.open("rb") as opened, target.open("wb") as written:
        while piece := opened.read(PIECE):
            digest.update(piece)
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    return time.perf_counter() - begun


def checked() -> float:
    """Megabytes a second."""
    begun = time.perf_counter()
    found = evidence.check_evidence(now=datetime.now(UTC))
    assert not found.findings, found.findings
    return found.bytes / 1e6 / (time.perf_counter() - begun)


def summed() -> float:
    files = [str(path) for path in settings.EVIDENCE.rglob("*") if path.is_file()]
    begun = time.perf_counter()
    subprocess.run(["sha256sum", *files], stdout=subprocess.DEVNULL, check=True)
    return sum(os.path.getsize(one) for one in files) / 1e6 / (time.perf_counter() - begun)


def measured(rounds: int, sizes: list[int]) -> dict[str, Any]:
    people()
    found: dict[str, Any] = {"intake": {}}
    source, target = Path(settings.DATA) / "source", Path(settings.DATA) / "target"
    for size in sizes:
        ours, plain = [], []
        for _ in range(rounds):
            a_film(source, size)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            ours.append(taken_in(source))
            found["grown_mib"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
            plain.append(plainly(source, target))
        found["intake"][size] = {"ours": ours, "plain": plain}
    rates = [(checked(), summed()) for _ in range(rounds)]
    found["check"] = {"ours": [one for one, _ in rates], "plain": [two for _, two in rates]}
    return found


if __name__ == "__main__":
    json.dump(measured(int(sys.argv[1]), [int(size) for size in sys.argv[2:]]), sys.stdout)
