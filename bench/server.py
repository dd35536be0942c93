"""A whole installation in a folder of its own, and server processes that are started, killed and started again.

Nothing here is imported by the program. The measuring process stays free of Django: whatever needs the database of an
installation runs as its own process with that installation's settings.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench import ready
from bench.browser import Browser, Gone
from bench.ready import ROOT as ROOT

PATIENCE = 60.0
"""Seconds a server may take to answer its first request before we say that it does not start."""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def end_cleanly() -> None:
    """A bench that is told to stop leaves no server running: its `with` blocks end as they do after a fault."""
    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, lambda number, frame: sys.exit(128 + number))


class Server:
    """A process group that serves one port of this machine. `ready` is a path that answers 200 when it is up."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], port: int, log: Path, ready: str = "/"
    ) -> None:
        self.command, self.environment, self.port, self.log, self.ready = command, environment, port, log, ready
        self.process: subprocess.Popen[bytes] | None = None
        self.seconds = 0.0
        """How long the last start took, to its first page."""

    def start(self) -> None:
        begun = time.perf_counter()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, cwd=ROOT, start_new_session=True, stdout=log, stderr=log
            )
        try:
            if self._answers(begun):
                return
        except BaseException:
            self.kill()
            raise
        self.kill()
        last = self.log.read_text("utf-8", "replace").splitlines()[-5:]
        raise RuntimeError("\n".join([f"{' '.join(self.command)} does not answer {self.ready} with 200", *last]))

    def _answers(self, begun: float) -> bool:
        while time.perf_counter() - begun < PATIENCE:
            if self.process is None or self.process.poll() is not None:
                break
            try:
                if Browser(self.port).get(self.ready).status == 200:
                    self.seconds = time.perf_counter() - begun
                    return True
            except Gone:
                time.sleep(0.005)
        return False

    def kill(self, how: int = signal.SIGKILL) -> None:
        """Ends the whole process group, server and workers, and waits until it is gone."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        self.process.wait(timeout=PATIENCE)
        while self.pids():
            time.sleep(0.002)
        self.process = None

    def pids(self) -> list[int]:
        """The living processes of the group, read from /proc."""
        if self.process is None:
            return []
        return [pid for pid, group, state in _processes() if group == self.process.pid and state not in "ZX"]

    def memory(self) -> float:
        """Proportional memory of all its processes in MiB: what is shared between them counts once."""
        return sum(_pss(pid) for pid in self.pids()) / 1024

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def _processes() -> list[tuple[int, int, str]]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            found.append((int(folder.name), int(fields[2]), fields[0]))
    return found


def _pss(pid: int) -> int:
    """In KiB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


class Installation:
    """Værn as `./run setup` leaves it, in `folder`. On PostgreSQL when VAERN_DATABASE_URL is set: then in a database
    of its own beside the one named there, which `remove` drops."""

    def __init__(self, folder: Path, *, workers: int = 2, threads: int = 4) -> None:
        self.folder = folder
        given = os.environ.get("VAERN_DATABASE_URL", "")
        self._beside, self._database = given, f"vaern_{secrets.token_hex(6)}" if given else ""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("VAERN_")}
        self.environment = plain | {
            "DJANGO_SETTINGS_MODULE": "vaern.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "VAERN_DATA": str(folder),
            "VAERN_SECRET_KEY": secrets.token_urlsafe(48),
            "VAERN_GUIDELINES": str(ROOT / "guidelines"),
            "VAERN_REQUIRE_TOTP": "off",
            "VAERN_LOG_LEVEL": "ERROR",
            "VAERN_WORKERS": str(workers),
            "VAERN_THREADS": str(threads),
            "VAERN_REPORT_MAX_FILES": "40",
            "VAERN_JOB_WORKERS": "0",
        }
        if given:
            self.environment["VAERN_DATABASE_URL"] = ready.address(given, self._database)

    def set_up(self) -> None:
        for name in ("incoming", "evidence"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "frontend").symlink_to(ROOT / "var" / "frontend")
        ready.copy_files(self.folder, self.environment)
        if self._database:
            empty = ready.database(self._beside, self.environment)
            names = sql.Identifier(self._database), sql.Identifier(empty)
            self._on_server(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))

    def remove(self) -> None:
        if self._database:
            self._on_server(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(self._database)))

    def run(self, module: str, *arguments: str, given: object = None) -> Any:
        """Runs a module as a process of this installation. `given` goes in as JSON; what it prints, if anything, is
        read as JSON."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=self.environment,
            cwd=ROOT,
            input=json.dumps(given),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout) if done.stdout.strip() else None

    def __enter__(self) -> Installation:
        self.set_up()
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def server(self) -> Server:
        port = free_port()
        environment = self.environment | {"VAERN_BIND": f"127.0.0.1:{port}"}
        return Server(
            [sys.executable, "-m", "vaern.config.serve"], environment, port, self.folder / "server.log", "/log_in/"
        )

    def _on_server(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._beside, autocommit=True) as connection:
            connection.execute(statement)
