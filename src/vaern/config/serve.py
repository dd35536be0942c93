"""The server process: granian with the WSGI application, as many processes and threads as the settings say.

One place that knows the server's name, so that another WSGI server can replace it. Run as
`python -m vaern.config.serve` (`./run serve`). No access log: addresses of people who report are nobody's business.
"""

from __future__ import annotations

import subprocess
import sys

from granian.constants import Interfaces
from granian.server import Server

from vaern.config import env
from vaern.config.beside import Worker


def address(bind: str) -> tuple[str, int]:
    """Splits “127.0.0.1:8000” or “[::1]:8000”; SettingProblem when there is no port."""
    host, colon, port = bind.rpartition(":")
    if not colon or not host or not port.isdecimal():
        raise env.SettingProblem(f"VAERN_BIND: “{bind}” is not an address and a port, like 127.0.0.1:8000.")
    return host.strip("[]"), int(port)


def main() -> None:
    try:
        serve()
    except env.SettingProblem as problem:
        sys.exit(str(problem))


def refuse_without_keys() -> None:
    """Ends here, with a sentence, when evidence could not be read. In a process of its own: this one stays small."""
    asked = [sys.executable, "-m", "vaern.ops.main", "evidence", "keys", "--verbosity", "0"]
    if subprocess.run(asked, check=False).returncode:
        raise env.SettingProblem("Not started: without its keys the evidence cannot be read.")


def serve() -> None:
    host, port = address(env.read("VAERN_BIND"))
    refuse_without_keys()
    worker = Worker() if env.read_int("VAERN_JOB_WORKERS") else None
    if worker:
        worker.start()
    try:
        _listen(host, port)
    finally:
        if worker:
            worker.stop()


def _listen(host: str, port: int) -> None:
    Server(
        "vaern.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=env.read_int("VAERN_WORKERS", least=1),
        blocking_threads=env.read_int("VAERN_THREADS", least=1),
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        log_access=False,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main()
