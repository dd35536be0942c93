"""Where the bytes lie: files named by their SHA-256, one folder per organisation.

Only `evidence.service` may come here, because there is no way to a stored byte that leaves no custody entry.
The interface is kept small (put, open, list, remove) so that another home and encryption can stand behind it.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from vaern.evidence.facts import Orphan

CHUNK = 256 * 1024
_INCOMING = "incoming"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class NotKept(Exception):
    """The bytes could not be written (disk full, no permission); nothing of them is left."""


class Damaged(Exception):
    """What lies under a digest does not have that digest, or lies there no more."""


@dataclass(frozen=True, slots=True)
class Stored:
    """`replaced_damaged`: something else lay under this digest before, and had been changed behind our back."""

    sha256: str
    size: int
    replaced_damaged: bool = False


def put(organisation_id: int, chunks: Iterable[bytes]) -> Stored:
    """Writes a stream and returns once it would survive a power cut. The same bytes again are kept once.

    A temporary file in the same file system, then a rename: at no moment does half a file stand under a digest.
    """
    temporary = _root() / _INCOMING / uuid4().hex
    try:
        _folder(temporary.parent)
        stored = _write(temporary, chunks)
        stored = replace(stored, replaced_damaged=_settle(temporary, organisation_id, stored.sha256))
    except OSError as error:
        raise NotKept(error.strerror) from error
    finally:
        with suppress(NotADirectoryError):
            temporary.unlink(missing_ok=True)
    return stored


def open_(organisation_id: int, digest: str) -> Iterator[bytes]:
    """The bytes under a digest, in chunks. `Damaged` instead of the last chunk when they are not what was put."""
    try:
        with _place(organisation_id, digest).open("rb") as file:
            seen, held = sha256(), b""
            while chunk := file.read(CHUNK):
                seen.update(chunk)
                if held:
                    yield held
                held = chunk
            if seen.hexdigest() != digest:
                raise Damaged(digest)
            yield held
    except FileNotFoundError as error:
        raise Damaged(digest) from error


def listing() -> Iterator[tuple[int, str, Orphan]]:
    """Every file in the vault with its organisation and digest; a left-over temporary file has digest ""."""
    for path in sorted(_root().rglob("*")):
        parts = path.relative_to(_root()).parts
        if path.is_file() and len(parts) == 3 and _DIGEST.fullmatch(parts[2]) and parts[0].isdecimal():
            yield int(parts[0]), parts[2], _described(path)
        elif path.is_file() and parts[0] == _INCOMING and len(parts) == 2:
            yield 0, "", _described(path)


def remove(orphan: Orphan, *, older_than: datetime) -> bool:
    """Deletes a file unless it was put (or put again) since `older_than`; whether it was deleted."""
    path = _root() / orphan.place
    with _gate(fcntl.LOCK_EX):
        if not path.is_file() or _described(path).since >= older_than:
            return False
        path.unlink()
        return True


def _write(temporary: Path, chunks: Iterable[bytes]) -> Stored:
    seen, size = sha256(), 0
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            seen.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Stored(seen.hexdigest(), size)


def _settle(temporary: Path, organisation_id: int, digest: str) -> bool:
    """Under the gate, so that a sweep cannot take away what is being put again at the same moment.

    Whether a damaged file gave way: the new bytes are the ones the digest stands for, so they take its place.
    """
    place = _place(organisation_id, digest)
    _folder(place.parent)
    with _gate(fcntl.LOCK_SH):
        there = place.is_file()
        if there and _digest_of(place) == digest:
            os.utime(place)
            return False
        temporary.rename(place)
        _sync(place.parent)
        return there


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _root() -> Path:
    return Path(settings.EVIDENCE)


def _place(organisation_id: int, digest: str) -> Path:
    if not _DIGEST.fullmatch(digest):
        raise ValueError("not a SHA-256")
    return _root() / str(int(organisation_id)) / digest[:2] / digest


def _folder(path: Path) -> Path:
    """The folder, made when missing, each new name in it safe on disk."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        _sync(one.parent)
    return path


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _gate(how: int) -> Iterator[None]:
    handle = os.open(_folder(_root()) / ".gate", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)


def _described(path: Path) -> Orphan:
    about = path.stat()
    return Orphan(str(path.relative_to(_root())), about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))
