"""Starts the plain baseline under the same server program, with as many processes and threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bench.server import ROOT, Server, free_port


class Baseline:
    def __init__(self, folder: Path, *, workers: int = 2, threads: int = 4) -> None:
        self.folder, self.workers, self.threads = folder, workers, threads
        folder.mkdir(parents=True)
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("VAERN_", "DJANGO_"))}
        self.environment = plain | {
            "BASELINE_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "bench.baseline.settings",
            "PYTHONPATH": str(ROOT),
        }

    def fill(self, rows: int) -> None:
        command = [sys.executable, "-m", "bench.baseline.fill", str(rows)]
        subprocess.run(command, env=self.environment, cwd=ROOT, check=True)

    def site(self) -> Server:
        return self._server("bench.baseline.wsgi:application")

    def intake(self) -> Server:
        return self._server("bench.baseline.intake:application")

    def _server(self, application: str) -> Server:
        port = free_port()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--workers", str(self.workers), "--blocking-threads", str(self.threads), application]
        return Server(command, self.environment, port, self.folder / "server.log")
