"""`vaern evidence rotate_key`: a new key for an organisation; nothing stored is touched, only the case keys are."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vaern.evidence import service
from vaern.people import queries


class Command(BaseCommand):
    help = "Give an organisation a new key and seal every case key for it. Broken off, it can be begun again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", metavar="SLUG")

    def handle(self, *args: Any, organisation: str, **options: Any) -> None:
        found = queries.organisation_by_slug(organisation)
        if found is None:
            raise CommandError(f"There is no organisation “{organisation}”.")
        try:
            cases, aside = service.rotate_key(organisation_id=found.id, now=timezone.now())
        except service.KeyProblem as problem:
            raise CommandError(f"{found.name}: {problem}") from problem
        self.stdout.write(f"{found.name}: a new key, and {cases} case keys sealed for it and tried with it.")
        self.stdout.write(
            "Now: 1. copy the folder of keys to its two safe places. 2. Try the copy: vaern evidence keys."
        )
        self.stdout.write(f"3. Destroy the old key and every copy of it: {aside}. It opens nothing made from now on,")
        self.stdout.write("   but it does open the case keys of an older copy of the folder.")
