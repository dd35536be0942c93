"""`vaern evidence create_key`: the key an organisation's evidence is sealed with, where it has none yet."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vaern.evidence import service
from vaern.people import queries


class Command(BaseCommand):
    help = "Make the key of an organisation that has none. Never takes the place of one that evidence is sealed with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", metavar="SLUG")

    def handle(self, *args: Any, organisation: str, **options: Any) -> None:
        found = queries.organisation_by_slug(organisation)
        if found is None:
            raise CommandError(f"There is no organisation “{organisation}”.")
        try:
            path = service.create_key(organisation_id=found.id, now=timezone.now())
        except service.KeyProblem as problem:
            raise CommandError(f"{found.name}: {problem}") from problem
        self.stdout.write(f"{found.name}: {path}. Copy it to two safe places today: docs/operate/keys.md.")
