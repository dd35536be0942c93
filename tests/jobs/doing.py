"""Jobs of the tests: each leaves a line in a file, so that another process can see what was done."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings


def lines() -> Path:
    return Path(settings.DATA) / "done.txt"


def write(words: str) -> None:
    with lines().open("a", encoding="utf-8") as file:
        file.write(f"{words}\n")


def linger(words: str) -> None:
    """The first time it never ends by itself; the second time it does."""
    first = not lines().is_file() or f"begun {words}" not in lines().read_text(encoding="utf-8")
    write(f"begun {words}")
    if first:
        time.sleep(600)
    write(f"done {words}")


def fail(words: str = "") -> None:
    raise ValueError("Anna Andersen 010190-1234")


def tick() -> None:
    write("tick")
