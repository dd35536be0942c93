"""A stream into an age file: to a public key (age or ssh), or with a passphrase. Standard: `age -d` opens it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any

import pyrage

# The library has no stream for a passphrase: the whole is in memory, more than once.
PASSPHRASE_BYTES = 200 * 1024 * 1024
CHUNK = 256 * 1024


class BadKey(Exception):
    """The text is no public key that the library can encrypt to."""


class _Stream(io.RawIOBase):
    """Chunks as a file to read from."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._left = chunks, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._left:
            found = next(self._chunks, None)
            if found is None:
                return 0
            self._left = found
        part, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def for_key(key: str, chunks: Iterator[bytes]) -> IO[bytes]:
    """A nameless file with the sealed bytes, at its beginning; nothing lies on disk in clear. `BadKey`."""
    recipient = _recipient(key)
    out = TemporaryFile()  # noqa: SIM115 - the reader closes it
    reader: Any = _Stream(chunks)
    pyrage.encrypt_io(io.BufferedReader(reader, CHUNK), out, [recipient])
    out.seek(0)
    return out


def for_passphrase(passphrase: str, chunks: Iterator[bytes]) -> IO[bytes]:
    return io.BytesIO(pyrage.passphrase.encrypt(b"".join(chunks), passphrase))


def is_key(key: str) -> bool:
    try:
        _recipient(key)
    except BadKey:
        return False
    return True


def _recipient(key: str) -> object:
    kind = pyrage.x25519 if key.startswith("age1") else pyrage.ssh
    try:
        return kind.Recipient.from_str(key)
    except (pyrage.RecipientError, ValueError) as wrong:
        raise BadKey(str(wrong)) from wrong
