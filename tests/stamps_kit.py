"""A time-stamp authority for the tests: a real one, in a process of its own (`tests/stamps/server.py`)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vaern.stamps.facts import Authority

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Running:
    """The address of the process, and the folder with its certificates."""

    address: str
    folder: Path

    def as_(self, mode: str, *, name: str = "", root: str = "good", policy: str = "") -> Authority:
        """The authority as a setting would name it, misbehaving as `mode` says (`server.MODES`)."""
        pem = (self.folder / root / "root.pem").read_text()
        return Authority(name or mode.replace("_", "-"), f"{self.address}{mode}", pem, policy)


@contextmanager
def an_authority(folder: Path) -> Iterator[Running]:
    command = [sys.executable, "-m", "tests.stamps.server", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": f"{ROOT}/src"}
    ) as process:
        assert process.stdout is not None
        try:
            yield Running(process.stdout.readline().strip(), folder)
        finally:
            process.kill()


def openssl_verifies(folder: Path, response: bytes, digest: str, roots: str, *, at: int = 0) -> bool:
    """What a stranger does, with OpenSSL and two files. `at`: the moment to judge certificates by, in Unix seconds."""
    (folder / "stamp.tsr").write_bytes(response)
    (folder / "roots.pem").write_text(roots)
    command = ["openssl", "ts", "-verify", "-in", "stamp.tsr", "-digest", digest, "-CAfile", "roots.pem"]
    ran = subprocess.run([*command, *(["-attime", str(at)] if at else [])], cwd=folder, capture_output=True, text=True)
    return ran.returncode == 0 and "Verification: OK" in ran.stdout
