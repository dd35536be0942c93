"""The default home: files below one folder, readable by the owner only and writable by nobody."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from vaern.evidence.facts import Orphan
from vaern.evidence.vault.errors import Damaged, Unreachable

_CHUNK = 256 * 1024


class Files:
    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, temporary: Path, place: str) -> None:
        """A rename in the same file system: at no moment does half a file stand under a name."""
        path = self.root / place
        folder(path.parent)
        temporary.chmod(0o400)
        temporary.rename(path)
        sync(path.parent)

    def read(self, place: str) -> Iterator[bytes]:
        try:
            with (self.root / place).open("rb", buffering=0) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except FileNotFoundError as error:
            raise Damaged(place) from error
        except OSError as error:
            raise Unreachable(error.strerror) from error

    def exists(self, place: str) -> bool:
        return (self.root / place).is_file()

    def listing(self) -> Iterator[Orphan]:
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and path != self.root / ".gate":
                about = path.stat()
                since = datetime.fromtimestamp(about.st_mtime, UTC)
                yield Orphan(str(path.relative_to(self.root)), about.st_size, since)

    def remove(self, place: str, *, older_than: datetime | None) -> bool:
        path = self.root / place
        if not path.is_file():
            return False
        if older_than and datetime.fromtimestamp(path.stat().st_mtime, UTC) >= older_than:
            return False
        path.unlink()
        sync(path.parent)
        return True


def folder(path: Path) -> Path:
    """The folder, made when missing, each new name in it safe on disk."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        sync(one.parent)
    return path


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
