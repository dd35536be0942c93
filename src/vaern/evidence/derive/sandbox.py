"""Runs a program on untrusted bytes, shut in (`jail.py`), and hands back what it wrote: the only way to a decoder.

The bytes stand behind an open file; the program is given the path `FILE`. It can write nothing but its output, which
is cut at a limit, so it needs no folder and leaves nothing behind. Its complaints are thrown away: they quote content.
"""

from __future__ import annotations

import json
import os
import select
import subprocess  # nosec B404: the commands are our own table
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import which
from typing import IO

FILE = "/proc/self/fd/{file}"
"""Stands in a command for the path of the bytes."""
_NO_JAIL = 97
_JAIL = Path(__file__).with_name("jail.py")
_SOURCE = Path(__file__).parents[3]
_PIECE = 64 * 1024
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes of address space, seconds of processor, seconds by the clock, and bytes of output."""

    memory: int = 2048 * _MIB
    cpu: int = 60
    seconds: float = 120
    output: int = 32 * _MIB


USUAL = Bounds()


class NotRun(Exception):
    """The program gave no result. `code`: no_jail, missing, slow, large or broken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def python(*arguments: str) -> list[str]:
    """The command for our own decoders (`inside.py`)."""
    return [sys.executable, "-I", "-m", "vaern.evidence.derive.inside", *arguments]


def run(command: list[str], file: IO[bytes] | None = None, bounds: Bounds | None = None) -> bytes:
    """What the program wrote. `NotRun` when it is not installed, cannot be shut in, failed, or went over a bound."""
    bounds = bounds or USUAL
    program = which(command[0], path="/usr/bin:/bin") if "/" not in command[0] else command[0]
    if program is None:
        raise NotRun("missing")
    handles = [file.fileno()] if file else []
    given = {"memory": bounds.memory, "cpu": bounds.cpu, "files": handles, "read": _folders()}
    words = [word.format(file=handles[0]) if handles else word for word in command[1:]]
    process = subprocess.Popen(  # nosec B603
        [sys.executable, "-I", "-S", str(_JAIL), json.dumps(given), program, *words],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        pass_fds=handles, cwd="/", start_new_session=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    try:
        out = _read(process, bounds)
        code = process.wait(max(0.1, bounds.seconds))
    except subprocess.TimeoutExpired as late:
        raise NotRun("slow") from late
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    if code:
        raise NotRun("no_jail" if code == _NO_JAIL else "slow" if code == -24 else "broken")
    return out


@cache
def works() -> bool:
    """Whether a program can really be shut in here: one tries to get out, once for each process of ours."""
    try:
        return run(python("try_locks"), bounds=Bounds(cpu=10, seconds=30)) == b"shut"
    except NotRun:
        return False


def _read(process: subprocess.Popen[bytes], bounds: Bounds) -> bytes:
    assert process.stdout is not None
    handle, out, until = process.stdout.fileno(), bytearray(), time.monotonic() + bounds.seconds
    while True:
        ready, _, _ = select.select([handle], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise NotRun("slow")
        piece = os.read(handle, _PIECE)
        if not piece:
            return bytes(out)
        out += piece
        if len(out) > bounds.output:
            raise NotRun("large")


def _folders() -> list[str]:
    """What Python and our own decoders are read from."""
    return [sys.prefix, sys.base_prefix, str(_SOURCE)]
