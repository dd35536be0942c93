"""The worker beside the server: started with it, started again when it dies, and gone when the server is."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress

_PDEATHSIG = 1
_PAUSE = 2.0
_PATIENCE = 15.0
_COMMAND = [sys.executable, "-m", "vaern.ops.main", "work"]
_libc = ctypes.CDLL(None)


class Worker:
    """`vaern work` as a child in a session of its own. A thread waits for it; `stop` ends it with all its children."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Lets a job that is under way end, for a while."""
        self._over.set()
        if self._process is not None:
            _signal(self._process.pid, signal.SIGTERM, whole=False)
        self._thread.join(timeout=_PATIENCE)
        if self._process is not None:
            _signal(self._process.pid, signal.SIGKILL, whole=True)

    def _keep(self) -> None:
        while not self._over.is_set():
            self._process = subprocess.Popen(_COMMAND, preexec_fn=_die_with_server, start_new_session=True)
            self._process.wait()
            # A worker that was killed leaves children behind, which would go on beside the next one's.
            _signal(self._process.pid, signal.SIGKILL, whole=True)
            self._over.wait(_PAUSE)


def _signal(pid: int, which: signal.Signals, *, whole: bool) -> None:
    with suppress(ProcessLookupError, PermissionError):
        (os.killpg if whole else os.kill)(pid, which)


def _die_with_server() -> None:
    """In the child: the kernel ends it when the server is killed. Linux only; elsewhere it is ended by hand."""
    if sys.platform == "linux":
        _libc.prctl(_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
