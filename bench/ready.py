"""An empty installation, made once and copied: its static files and its database take longer to make than most tests.

The files lie under `var/installations`; on PostgreSQL an empty database stays on the server, to be copied there.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
_LOCK = 7_264_101
"""Who makes the database holds this on the server (`pg_advisory_lock`), so that one makes it and the others wait."""


def run(environment: Mapping[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "-m", "vaern.ops.main", *command], env=environment, cwd=ROOT, check=True)


def folder(environment: Mapping[str, str]) -> Path:
    """`static` and `vaern.sqlite3` as `./run setup` leaves them. One makes them and the others wait; what older code
    made is thrown away."""
    home = ROOT / "var" / "installations"
    ready = home / fingerprint()
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.is_dir():
            for older in home.glob("?" * 32):
                shutil.rmtree(older)
            _make(ready, {name: value for name, value in environment.items() if name != "VAERN_DATABASE_URL"})
    return ready


def _make(ready: Path, environment: Mapping[str, str]) -> None:
    with tempfile.TemporaryDirectory(dir=ready.parent) as place:
        data, made = Path(place) / "data", Path(place) / "made"
        for one in (data, data / "incoming", data / "evidence", made):
            one.mkdir()
        (data / "frontend").symlink_to(ROOT / "var" / "frontend")
        here = {**environment, "VAERN_DATA": str(data)}
        run(here, "collectstatic", "--no-input", "-v", "0")
        _migrate(here)
        for name in ("static", "vaern.sqlite3"):
            (data / name).rename(made / name)
        made.rename(ready)


def database(beside: str, environment: Mapping[str, str]) -> str:
    """The name of the empty database on the server of `beside` (postgres://…). It is nobody's, and may be dropped."""
    name = f"vaern_ready_{fingerprint()[:12]}"
    with psycopg.connect(beside, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        half = f"{name}_half"
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(half)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
        _migrate({**environment, "VAERN_DATABASE_URL": address(beside, half)})
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (half, name))))
    return name


def address(beside: str, name: str) -> str:
    """Of another database on the same server."""
    return f"{beside.rpartition('/')[0]}/{quote(name)}"


def _migrate(environment: Mapping[str, str]) -> None:
    run(environment, "migrate", "--no-input", "-v", "0")
    run(environment, "createcachetable")


@cache
def fingerprint() -> str:
    """Of everything an empty installation is made from."""
    source, digest = ROOT / "src" / "vaern", hashlib.sha256()
    files = [
        *source.glob("*/migrations/*.py"),
        *(source / "web" / "static").rglob("*"),
        *(ROOT / "requirements").glob("*.txt"),
        *source.glob("*/models.py"),
    ]
    for path in sorted(one for one in files if one.is_file()):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:32]
