"""`vaern demo`: the invented municipalities of `./run demo`. Refused where there are real people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from vaern.ops.demo import make_demo


class Command(BaseCommand):
    help = "Makes the invented municipalities, people and cases of the demo, and prints who can log in."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only with VAERN_DEMO=on: the demo's passwords are known to everybody.")
        for line in make_demo(settings.GUIDELINES, timezone.now()):
            self.stdout.write(line)
