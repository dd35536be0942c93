"""An empty installation, made once and copied: its static files and its database take longer to make than most tests.

The files lie under `var/installations`; on PostgreSQL an empty database stays on the server, to be copied there.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "var" / "installations"
SOURCE = ROOT / "src" / "vaern"
_LOCK = 7_264_101
"""Who makes the database holds this (`pg_advisory_lock`), so that one makes it and the others wait."""


def make_all(environment: Mapping[str, str]) -> None:
    """What is missing of it: on the server of VAERN_DATABASE_URL, or the files."""
    if beside := environment.get("VAERN_DATABASE_URL"):
        database(beside, environment)
        return
    for name, made_from in (("vaern.sqlite3", _tables()), ("static", _static())):
        with _kept(name, made_from, environment):
            pass


def copy_files(target: Path, environment: Mapping[str, str]) -> None:
    """`static` and `vaern.sqlite3` into the folder, as `./run setup` leaves them."""
    with _kept("static", _static(), environment) as static:
        shutil.copytree(static, target / "static")
    copy_database(target / "vaern.sqlite3", environment)


def copy_database(target: Path, environment: Mapping[str, str]) -> None:
    with _kept("vaern.sqlite3", _tables(), environment) as database:
        shutil.copy(database, target)


def database(beside: str, environment: Mapping[str, str]) -> str:
    """The name of the empty database on the server of `beside` (postgres://…). It is nobody's, and may be dropped; what
    older code made is."""
    name = f"vaern_ready_{fingerprint(_tables())[:12]}"
    with psycopg.connect(beside, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        there = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, 'vaern_ready_')")
        names = [str(row[0]) for row in there]
        if name not in names:
            for older in names:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(older)))
            half = f"{name}_half"
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
            _migrate({**environment, "VAERN_DATABASE_URL": address(beside, half)})
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (half, name))))
    return name


def address(beside: str, name: str) -> str:
    """Of another database on the same server."""
    return urlsplit(beside)._replace(path=f"/{quote(name)}").geturl()


@contextmanager
def _kept(name: str, made_from: Iterable[Path], environment: Mapping[str, str]) -> Iterator[Path]:
    """What is kept under this name, made when it is not there. Nobody takes it away while it is copied."""
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / f"lock.{name}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        files = list(made_from)
        kept = HOME / f"{fingerprint(files)}.{name}"
        if not kept.exists():
            for older in (*HOME.glob(f"{'?' * 32}.{name}"), *HOME.glob(f"half-{name}-*")):
                shutil.rmtree(older) if older.is_dir() else older.unlink()
            with tempfile.TemporaryDirectory(dir=HOME, prefix=f"half-{name}-") as data:
                _make(Path(data), name, {**environment, "VAERN_DATA": data})
                if kept.name != f"{fingerprint(files)}.{name}":
                    raise RuntimeError("The sources changed while an empty installation was made of them. Start again.")
                (Path(data) / name).rename(kept)
        yield kept


def _make(data: Path, name: str, environment: dict[str, str]) -> None:
    environment.pop("VAERN_DATABASE_URL", None)
    for folder in ("incoming", "evidence"):
        (data / folder).mkdir()
    if name == "static":
        if not (ROOT / "var" / "frontend").is_dir():
            raise RuntimeError("The front-end files are not there: ./run setup fetches them.")
        (data / "frontend").symlink_to(ROOT / "var" / "frontend")
        _run(environment, "collectstatic", "--no-input", "-v", "0")
    else:
        (data / "frontend").mkdir()
        _migrate(environment)


def _migrate(environment: Mapping[str, str]) -> None:
    _run(environment, "migrate", "--no-input", "-v", "0")
    _run(environment, "createcachetable")


def _run(environment: Mapping[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "-m", "vaern.ops.main", *command], env=environment, cwd=ROOT, check=True)


def _tables() -> list[Path]:
    return [*SOURCE.glob("*/migrations/*.py"), *SOURCE.glob("*/models.py"), *(ROOT / "requirements").glob("*.txt")]


def _static() -> list[Path]:
    own = (SOURCE / "web" / "static").rglob("*")
    return [*own, SOURCE / "ops" / "frontend.py", ROOT / "package-lock.json", *(ROOT / "requirements").glob("*.txt")]


def fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(one for one in files if one.is_file()):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:32]


if __name__ == "__main__":
    make_all(os.environ)
