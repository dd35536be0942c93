"""One visit to one public page, from outside the closed room: opens the room and the gate, and reads what comes out.

Knows neither case nor database. A visit ends when the room has answered, or when its time is up and it is killed.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import struct
import subprocess  # nosec B404: our own program, no shell
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import IO, Any

from vaern.capture.certificates import Certificates
from vaern.capture.facts import Exchange, Limits, Page, Verdict
from vaern.capture.gate import Budget, Gate
from vaern.capture.recording import Recorder
from vaern.capture.rules import judge
from vaern.capture.world import World

_HEAD_MOST = 1024 * 1024
_SCRATCH = 512 * 1024 * 1024
_MEMORY = 4 * 1024**3
_NOBODY = 65534
_GRACE = 5.0
_PLACES = ("chromium", "chromium-browser", "google-chrome-stable")


@dataclass
class Visit:
    """What a visit gave. `picture` (PNG) and `snapshot` (MHTML) may be empty; `warc` is open until it is left."""

    verdict: Verdict
    at: datetime
    ended_at: datetime
    page: Page
    browser: str
    agent: str
    picture: bytes
    snapshot: bytes
    warc: IO[bytes]
    exchanges: Sequence[Exchange] = field(default_factory=list)
    limit_hit: bool = False


class RoomProblem(Exception):
    """The room gave no answer that can be used; the code is one of `REASONS`."""


def chromium() -> str:
    """Where the browser is; "" when there is none."""
    return next((place for name in _PLACES if (place := shutil.which(name))), "")


@contextmanager
def visit(address: str, *, world: World, limits: Limits, hide: Sequence[Path]) -> Iterator[Visit]:
    """Visits an address that `check_address` let through. Whatever happens, a verdict comes and the room is empty."""
    begun = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="capture-") as folder, tempfile.TemporaryFile() as warc:
        recorder = Recorder(warc)
        budget = Budget(limits, time.monotonic() + limits.seconds)
        recorder.begin({"format": "WARC File Format 1.1", "conformsTo": _STANDARD})
        try:
            head, bodies = _in_room(address, Path(folder), world, recorder, budget, [*map(str, hide), "/run"])
        except RoomProblem as problem:
            head, bodies = {"problem": str(problem)}, []
        page = _page(head)
        exchanges = list(recorder.exchanges)
        verdict = judge(address, page, str(head.get("problem", "")), exchanges, limit_hit=budget.hit)
        picture, snapshot = [*bodies, b"", b""][:2]
        yield Visit(
            verdict, begun, datetime.now(UTC), page or Page(), str(head.get("browser", "")), str(head.get("agent", "")),
            picture, snapshot, warc, exchanges, budget.hit,
        )  # fmt: skip


_STANDARD = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


def _in_room(
    address: str, folder: Path, world: World, recorder: Recorder, budget: Budget, hide: Sequence[str]
) -> tuple[dict[str, Any], list[bytes]]:
    browser = chromium()
    if not browser:
        raise RoomProblem("no_browser")
    keys = Certificates(folder)
    with _room(folder) as (process, answers):
        assert process.stdin is not None
        process.stdin.write(
            json.dumps(_order(address, folder, browser, keys.pin, budget.limits, hide)).encode() + b"\n"
        )
        process.stdin.flush()
        answers.settimeout(_GRACE)
        try:
            with _gate(answers, world, recorder, budget, keys):
                return _read(answers, budget)
        except TimeoutError as error:
            raise RoomProblem("time") from error
        except (OSError, ValueError) as error:
            raise RoomProblem("crashed") from error


def _order(address: str, folder: Path, browser: str, pin: str, limits: Limits, hide: Sequence[str]) -> dict[str, Any]:
    return {
        "url": address,
        "work": str(folder),
        "chromium": browser,
        "pin": pin,
        "hide": list(hide),
        "scratch": _SCRATCH,
        "memory": _MEMORY,
        "seconds": limits.seconds,
        "load_seconds": limits.load_seconds,
        "height": limits.picture_height,
        "file_max": limits.file_max,
    }


@contextmanager
def _room(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], socket.socket]]:
    """The process, and our end of its socket. Left in any way, the room is killed whole, and empty before we go on."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = subprocess.Popen(  # nosec B603
            [sys.executable, "-m", "vaern.capture.cell", str(theirs.fileno())],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
            start_new_session=True,
            **_somebody_else(),
        )
        theirs.close()
        try:
            yield process, ours
        finally:
            _empty(process)


def _empty(process: subprocess.Popen[bytes]) -> None:
    """Hanging up makes the keeper kill the room's first process and wait for the end of all the others. A keeper that
    does not is killed itself, and the kernel does the rest."""
    if process.stdin:
        with suppress(OSError):
            process.stdin.close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _somebody_else() -> dict[str, Any]:
    """Whoever runs the server as root gets the browser as nobody, where nobody may read the program at all."""
    if os.geteuid() != 0 or not all(
        _open_to_all(path) for path in (Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parent)
    ):
        return {}
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}


def _open_to_all(path: Path) -> bool:
    return all(stat.S_IMODE(one.stat().st_mode) & 0o005 == 0o005 for one in (path, *path.parents))


@contextmanager
def _gate(
    answers: socket.socket, world: World, recorder: Recorder, budget: Budget, keys: Certificates
) -> Iterator[None]:
    """Serves on the socket that listens inside the room, and was handed out to us."""
    said, handed, _, _ = socket.recv_fds(answers, 4, 1)
    if not handed:
        raise RoomProblem("no_room" if said else "crashed")
    gate = Gate(socket.socket(fileno=handed[0]), world, recorder, budget, keys)
    thread = Thread(target=gate.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        gate.shutdown()
        gate.settle(_GRACE)
        gate.server_close()


def _read(answers: socket.socket, budget: Budget) -> tuple[dict[str, Any], list[bytes]]:
    """One message, as `cell.say` writes it. A room is a stranger: every length is checked."""
    until = budget.until + _GRACE
    (length,) = struct.unpack(">I", _exactly(answers, 4, until))
    if length > _HEAD_MOST:
        raise RoomProblem("too_large")
    head = json.loads(_exactly(answers, length, until))
    sizes = [int(size) for size in head.pop("sizes")]
    if len(sizes) > 2 or any(not 0 <= size <= budget.limits.file_max for size in sizes):
        raise RoomProblem("too_large")
    return head, [_exactly(answers, size, until) for size in sizes]


def _exactly(answers: socket.socket, size: int, until: float) -> bytes:
    data = bytearray()
    while len(data) < size:
        answers.settimeout(max(0.01, until - time.monotonic()))
        chunk = answers.recv(min(size - len(data), 1024 * 1024))
        if not chunk:
            raise ValueError("the room hung up")
        data += chunk
    return bytes(data)


def _page(head: dict[str, Any]) -> Page | None:
    said = head.get("page")
    if not isinstance(said, dict):
        return None
    kinds = {"url": str, "title": str, "text": str, "text_length": int, "passwords": int, "height": int, "width": int}
    known = {name: kind(said[name]) for name, kind in kinds.items() if name in said}
    frames = tuple(str(one) for one in said.get("frames", []))
    assert set(known) <= {one.name for one in fields(Page)}
    return Page(**known, frames=frames, loaded=bool(head.get("loaded")))
