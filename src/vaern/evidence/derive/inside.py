"""What runs shut in: pictures made small, texts taken out. `python -m vaern.evidence.derive.inside TASK …`.

Reads the one file it is given, writes its answer to its output, and knows neither database nor settings.
"""

from __future__ import annotations

import base64
import json
import os
import socket
import sys
from collections.abc import Callable
from typing import IO

from vaern.evidence import pictures
from vaern.evidence.derive import words
from vaern.evidence.rules import KINDS


def try_locks() -> bytes:
    """Tries what must fail. "shut" when all of it did."""
    for way in (_connect, _fork, _read_password_file, _write):
        try:
            way()
        except OSError:
            continue
        return f"open: {way.__name__}".encode()
    return b"shut"


def _connect() -> None:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _read_password_file() -> None:
    with open("/etc/passwd", "rb") as file:
        file.read(1)


def _write() -> None:
    os.close(os.open("/tmp/vaern-lock", os.O_WRONLY | os.O_CREAT))  # nosec B108: it is tried because it must fail


def picture(file: IO[bytes], kind: str, pixels_max: str) -> bytes:
    """A line of JSON with what is known of the picture, then the JPEG that is shown when somebody asks."""
    made = pictures.derive(file, KINDS[kind], int(pixels_max))
    about = {"blurred": base64.b64encode(made.blurred).decode(), "look": made.look}
    return json.dumps(about).encode() + b"\n" + made.shown


def page(file: IO[bytes], kind: str, pixels_max: str) -> bytes:
    """The picture as a text engine wants it."""
    return pictures.for_reading(file, KINDS[kind], int(pixels_max))


def text(file: IO[bytes], kind: str) -> bytes:
    return words.words(file, kind).encode("utf-8", "replace")


TASKS: dict[str, Callable[..., bytes]] = {"picture": picture, "page": page, "text": text}


def main(arguments: list[str]) -> None:
    task, *rest = arguments
    if task == "try_locks":
        out = try_locks()
    else:
        path, *rest = rest
        with open(path, "rb") as file:
            out = TASKS[task](file, *rest)
    sys.stdout.buffer.write(out)


if __name__ == "__main__":
    main(sys.argv[1:])
