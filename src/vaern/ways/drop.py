"""A folder another program reads, on this machine or mounted. A file is there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from vaern.ways.facts import Order
from vaern.ways.undelivered import Undelivered


def send(order: Order) -> str:
    """The name holds the key: sent twice, the second is the same file."""
    folder = Path(order.place["folder"])
    unfinished = folder / f".{order.name}.part"
    try:
        with unfinished.open("wb") as file:
            file.write(order.body)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(0o640)
        unfinished.rename(folder / order.name)
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as fault:
        raise Undelivered(type(fault).__name__) from None
    return ""
