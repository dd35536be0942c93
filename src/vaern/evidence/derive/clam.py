"""Asks ClamAV's daemon about a stream of bytes. Its protocol is a dozen lines, written from clamd(8).

The client libraries on offer are GPL, or have had no release for years.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

_PIECE = 128 * 1024
_ANSWER_MAX = 4096


class Unanswered(Exception):
    """The daemon gave no verdict. `code`: unreachable, large (its own limit), refused."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Verdict:
    """`found` is the signature's name, "" for none. `engine` is the daemon's own line: version, number and date of
    its signatures."""

    found: str
    engine: str


def scan(address: str, chunks: Iterable[bytes], seconds: float = 120) -> Verdict:
    """The verdict on a stream. `address` is the path of a socket, or host:port."""
    engine = _ask(address, b"zVERSION\0", (), seconds)
    answer = _ask(address, b"zINSTREAM\0", _framed(chunks), seconds)
    if answer == "stream: OK":
        return Verdict("", engine[:200])
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Verdict(answer.removeprefix("stream: ").removesuffix(" FOUND")[:200] or "?", engine[:200])
    raise Unanswered("large" if "size limit" in answer else "refused")


def _ask(address: str, command: bytes, pieces: Iterable[bytes], seconds: float) -> str:
    try:
        with _connected(address, seconds) as line:
            line.sendall(command)
            # Past its limit it answers and hangs up before the end: what it said is still to be read.
            with suppress(BrokenPipeError, ConnectionResetError):
                for piece in pieces:
                    line.sendall(piece)
            return _answer(line)
    except OSError as error:
        raise Unanswered("unreachable") from error


def _framed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Each piece with its length before it; a length of nothing ends the stream."""
    for chunk in chunks:
        for start in range(0, len(chunk), _PIECE):
            piece = chunk[start : start + _PIECE]
            yield struct.pack(">I", len(piece)) + piece
    yield struct.pack(">I", 0)


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < _ANSWER_MAX:
        piece = line.recv(_ANSWER_MAX)
        if not piece:
            break
        said += piece
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


@contextmanager
def _connected(address: str, seconds: float) -> Iterator[socket.socket]:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        line.connect(address)
    else:
        host, _, port = address.rpartition(":")
        line = socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)
    with line:
        yield line
