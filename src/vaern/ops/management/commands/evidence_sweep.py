"""`vaern evidence sweep`: files in the vault that no case and no draft knows, left by a crash or a withdrawal."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from vaern.evidence import service

_HOURS = {"h": 1, "d": 24}


def age(text: str) -> timedelta:
    """“24h” or “2d”. Under an hour is refused: a large file may still be on its way in."""
    found = re.fullmatch(r"(\d{1,4})([hd])", text)
    if found is None or int(found[1]) == 0:
        raise ArgumentTypeError(f"“{text}” is not an age of at least an hour, like 24h or 2d")
    return timedelta(hours=int(found[1]) * _HOURS[found[2]])


class Command(BaseCommand):
    help = "List stored files without an item. With --older-than, delete those at least that old (on record)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than", type=age, metavar="AGE", help="delete what is older, like 24h or 2d")

    def handle(self, *args: Any, older_than: timedelta | None, **options: Any) -> None:
        orphans = service.sweep(older_than=older_than, now=timezone.now())
        for orphan in orphans:
            self.stdout.write(f"{orphan.place}  {orphan.size} bytes  since {orphan.since:%Y-%m-%d %H:%M} UTC")
        done = "found" if older_than is None else "deleted"
        self.stdout.write(f"{len(orphans)} files without an item {done}, {sum(one.size for one in orphans)} bytes")
