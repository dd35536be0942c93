"""Sealing and opening: the age format (age-encryption.org/v1), in a stream, with both digests in the same pass.

`age -d -i KEY` opens what is sealed here. The content's digest is taken in a thread of its own, since hashing lets go
of Python's lock: one core seals while the other hashes. The digest of what is stored is not: a second thread, and
pieces of 1 MiB, were both slower. 2 GB of video need a few pieces of memory, never more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader, BufferedWriter, RawIOBase
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any

import pyrage

from vaern.evidence.vault.errors import Damaged

_PIECE = 256 * 1024
_WAITING = 4
"""Pieces that may wait for a slower thread."""


@dataclass(frozen=True, slots=True)
class Stored:
    """`object` is the SHA-256 of what is stored and its name; `sha256` and `size` are of the content."""

    object: str
    sha256: str
    size: int


def seal(recipient: str, chunks: Iterable[bytes], target: Path) -> Stored:
    """Writes the content sealed for `recipient` (age1…) into a new file and syncs it. OSError also from `chunks`."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    content, stored = _Digest(), sha256()
    try:
        source, sink = _Source(chunks, content), _Sink(handle, stored)
        try:
            written = BufferedWriter(sink, _PIECE)
            pyrage.encrypt_io(BufferedReader(source, _PIECE), written, [pyrage.x25519.Recipient.from_str(recipient)])
            written.flush()
        except (pyrage.EncryptError, OSError) as error:
            # The library wraps what our own reading or writing raised into words; the fault itself says more.
            raise source.fault or sink.fault or OSError(str(error)) from error
        os.fsync(handle)
        return Stored(stored.hexdigest(), content.end(), content.size)
    finally:
        content.end()
        os.close(handle)


def unseal(identity: Any, stored: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """The content in chunks. `Damaged` when what is stored was changed or cut off, or is sealed for another key.

    The library pushes and a download pulls, so it runs in a thread of its own with a short queue between.
    """
    pipe = _Pipe()
    worker = Thread(target=pipe.fill, args=(identity, stored), daemon=True)
    worker.start()
    try:
        while (piece := pipe.pieces.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        pipe.close(worker)


class _Digest:
    """A SHA-256 that is taken while the caller goes on."""

    def __init__(self) -> None:
        self.size, self._digest, self._waiting = 0, sha256(), Queue[bytes | None](_WAITING)
        self._worker = Thread(target=self._run, daemon=True)
        self._worker.start()

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        self._waiting.put(piece)

    def end(self) -> str:
        if self._worker.is_alive():
            self._waiting.put(None)
            self._worker.join()
        return self._digest.hexdigest()

    def _run(self) -> None:
        while (piece := self._waiting.get()) is not None:
            self._digest.update(piece)


class _Source(RawIOBase):
    """A file for the library to read from, out of chunks of any size. `io.BufferedReader` goes in front of it: the
    library asks for 8 KiB at a time, and that many calls into Python cost as much as the sealing."""

    def __init__(self, chunks: Iterable[bytes], digest: _Digest | None = None) -> None:
        self._chunks, self._digest, self._left = iter(chunks), digest, memoryview(b"")
        self.fault: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        while not self._left:
            try:
                held = next(self._chunks, None)
            except Exception as fault:
                self.fault = fault
                raise
            if held is None:
                return 0
            self._left = memoryview(held)
            if self._digest:
                self._digest.add(held)
        size = min(len(room), len(self._left))
        room[:size], self._left = self._left[:size], self._left[size:]
        return size


class _Sink(RawIOBase):
    """A file for the library to write to: into `handle`, and hashed. `io.BufferedWriter` makes pieces of it."""

    def __init__(self, handle: int, digest: Any) -> None:
        self._handle, self._digest = handle, digest
        self.fault: Exception | None = None

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self._digest.update(part)
        left = memoryview(part)
        try:
            while left:
                left = left[os.write(self._handle, left) :]
        except OSError as fault:
            self.fault = fault
            raise
        return len(part)


class _Pipe:
    """From the library's thread to whoever reads. None ends it, an exception breaks it off."""

    def __init__(self) -> None:
        self.pieces: Queue[bytes | BaseException | None] = Queue(_WAITING)
        self._closed, self._parts, self._size = Event(), list[bytes](), 0

    def fill(self, identity: Any, stored: Callable[[], Iterator[bytes]]) -> None:
        source = _Source(())
        try:
            source = _Source(stored())
            pyrage.decrypt_io(BufferedReader(source, _PIECE), self, [identity])
            self.flush()
            self.pieces.put(None)
        except Exception as fault:
            if not self._closed.is_set():
                self.pieces.put(source.fault or Damaged(str(fault)))

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        self._size += len(part)
        if self._size >= _PIECE:
            self.flush()
        return len(part)

    def flush(self) -> None:
        if self._closed.is_set():
            raise BrokenPipeError
        if self._size:
            piece, self._parts, self._size = b"".join(self._parts), [], 0
            self.pieces.put(piece)

    def close(self, worker: Thread) -> None:
        """Whoever read is gone: what waits is thrown away until the thread has noticed."""
        self._closed.set()
        while worker.is_alive():
            with suppress(Empty):
                self.pieces.get(timeout=0.01)
        worker.join()
