"""A real worker process: what is asked for is done, also when the worker is killed in the middle of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.server import ROOT, Installation, Server

pytestmark = pytest.mark.both_databases
PATIENCE = 180
"""Seconds. A worker that is asked to end finishes what it has taken: at its first start, every scheduled job."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with Installation(tmp_path_factory.mktemp("work") / "data") as made:
        made.environment["DJANGO_SETTINGS_MODULE"] = "tests.jobs.settings"
        yield made


def ask(home: Installation, job: str, words: str) -> None:
    code = f"import django; django.setup(); from vaern.jobs import service; service.enqueue({job!r}, words={words!r})"
    subprocess.run([sys.executable, "-c", code], env=home.environment, cwd=ROOT, check=True)


def worker(home: Installation) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "vaern.ops.main", "work"]
    return subprocess.Popen(command, env=home.environment, cwd=ROOT, start_new_session=True)


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=PATIENCE)


def until(true: Callable[[], bool], what: str) -> None:
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < PATIENCE, what
        time.sleep(0.05)


def done(home: Installation) -> list[str]:
    file = home.folder / "done.txt"
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def test_a_job_whose_worker_is_killed_is_done_by_the_next(home: Installation) -> None:
    ask(home, "linger", "one")
    first = worker(home)
    try:
        until(lambda: "begun one" in done(home), "it begins")
    finally:
        kill(first)
    ask(home, "write", "two")
    second = worker(home)
    try:
        until(lambda: {"done one", "two"} <= {*done(home)}, "both are done")
    finally:
        # As often as it likes: a service manager and a dying server each send their own.
        for _ in range(20):
            second.terminate()
            time.sleep(0.001)
        assert second.wait(timeout=PATIENCE) == 0, "it ends by itself when asked"
    assert done(home).count("done one") == 1


FORKED = """
import os, django
django.setup()
from django.db import connection
from vaern.jobs.cluster import unshare_connections

def backend():
    if connection.vendor == "sqlite":
        return os.getpid()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]

before = backend()
unshare_connections()
again = backend()
connection.close()
reader, writer = os.pipe()
child = os.fork()
if not child:
    os.write(writer, str(backend()).encode())
    os._exit(0)
mine = backend()
os.waitpid(child, 0)
theirs = int(os.read(reader, 20))
assert mine != theirs, "one connection in two processes"
assert connection.vendor == "sqlite" or before != again, "a pool would have given the same back"
"""


def test_no_connection_is_shared_with_a_forked_process(home: Installation) -> None:
    """A pool of connections went along into every child: the queue's pusher waited for an answer another took."""
    done = subprocess.run(
        [sys.executable, "-c", FORKED], env=home.environment, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def workers_of(folder: Path) -> set[int]:
    """The processes that work on this installation, by the data folder in their environment."""
    found = set()
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            try:
                state = (process / "stat").read_text().rpartition(")")[2].split()[0]
                command, given = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
            except OSError:
                continue
            if state not in "ZX" and b"\0work\0" in command and f"VAERN_DATA={folder}\0".encode() in given:
                found.add(int(process.name))
    return found


def test_the_worker_beside_the_server_comes_again_and_goes_with_it(home: Installation) -> None:
    home.environment["VAERN_JOB_WORKERS"] = "1"
    server: Server = home.server()
    with server:
        ask(home, "write", "beside")
        until(lambda: "beside" in done(home), "it works")
        before = workers_of(home.folder)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        ask(home, "write", "again")
        until(lambda: "again" in done(home), "a new one works")
        assert workers_of(home.folder).isdisjoint(before)
    until(lambda: not workers_of(home.folder), "the server was killed, and the worker is gone")
