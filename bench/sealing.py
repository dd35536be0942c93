"""Runs inside an installation and prints seconds as JSON: evidence taken in, and read again by the check, each beside
the least one could do with the same bytes. `python -m bench.sealing ROUNDS SIZE…`"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django
import pyrage

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.base import ContentFile, File  # noqa: E402

from bench import flat  # noqa: E402
from bench.fill import people  # noqa: E402
from vaern.cases import service as cases  # noqa: E402
from vaern.evidence import service as evidence  # noqa: E402
from vaern.evidence import vault  # noqa: E402
from vaern.people import queries  # noqa: E402
from vaern.people.models import User  # noqa: E402

PIECE = 256 * 1024
RECIPIENT = pyrage.x25519.Identity.generate().to_public()


def a_film(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.write(flat.a_film(size))
        file.flush()
        os.fsync(file.fileno())


def taken_in(path: Path) -> tuple[float, float]:
    """Of the second file of a draft: the first has made the draft's key, which costs two syncs once. All of it, and
    what of that was the vault's."""
    actor = queries.actor_of(User.objects.get(name="medarbejder0"), today=datetime.now(UTC).date())
    now = datetime.now(UTC)
    draft = cases.start_report(actor=actor, who="me", now=now).pk
    evidence.take_in(actor=actor, upload=ContentFile(b"Det f\xc3\xb8rste.", "noter.txt"), draft_id=draft, now=now)
    spent: list[float] = []
    with path.open("rb") as opened, patch.object(vault, "put", _timed(vault.put, spent)):
        begun = time.perf_counter()
        evidence.take_in(actor=actor, upload=File(opened, "film.mp4"), draft_id=draft, now=now)
        return time.perf_counter() - begun, spent[0]


def _timed(function: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def timed(*given: Any) -> Any:
        begun = time.perf_counter()
        try:
            return function(*given)
        finally:
            spent.append(time.perf_counter() - begun)

    return timed


def aged(path: Path, target: Path) -> float:
    """The library alone, and one sync: what encrypting costs before any digest or row."""
    begun = time.perf_counter()
    with path.open("rb", PIECE) as opened, target.open("wb", PIECE) as written:
        pyrage.encrypt_io(opened, written, [RECIPIENT])
        written.flush()
        os.fsync(written.fileno())
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
        one: dict[str, list[float]] = {"ours": [], "vault": [], "plain": [], "age": []}
        for _ in range(rounds):
            a_film(source, size)
            whole, vaults = taken_in(source)
            one["ours"].append(whole)
            one["vault"].append(vaults)
            one["plain"].append(plainly(source, target))
            one["age"].append(aged(source, target))
        found["intake"][size] = one
    rates = [(checked(), summed()) for _ in range(rounds)]
    found["check"] = {"ours": [one for one, _ in rates], "plain": [two for _, two in rates]}
    return found


if __name__ == "__main__":
    json.dump(measured(int(sys.argv[1]), [int(size) for size in sys.argv[2:]]), sys.stdout)
