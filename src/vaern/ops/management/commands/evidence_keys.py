"""`vaern evidence keys`: are the keys of all evidence there, and the right ones? `./run serve` asks at each start."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vaern.evidence import service


class Command(BaseCommand):
    help = "Look whether every organisation's key is there and opens its evidence. Exit 1: one is not, and which."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = list(service.key_problems())
        if problems:
            raise CommandError("\n".join([*problems, "What to do stands in docs/operate/keys.md."]))
        if options["verbosity"] > 0:
            self.stdout.write("The keys of all organisations are there.")
