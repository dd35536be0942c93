"""`vaern stamps verify`: proves that every kept time stamp still holds, or says which does not and why."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from vaern.stamps import queries, rules, service


class Command(BaseCommand):
    help = "Verify the kept time stamps. Exit 0: all hold. Exit 1: one does not, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", type=int, metavar="ID", help="only this organisation's stamps")

    def handle(self, *args: Any, organisation: int | None, **options: Any) -> None:
        report = service.verify(organisation_id=organisation)
        for found in report.wrong:
            self.stdout.write(f"{found.what} by {found.authority}: {rules.WRONG[found.code]}")
        # Whoever owns the database could write stamps of an authority of his own: compare these with the real ones.
        for fingerprint, authorities in queries.roots_in_use().items():
            self.stdout.write(f"certificates of {', '.join(authorities)}: SHA-256 {fingerprint}")
        outcome = f"{len(report.wrong)} wrong" if report.wrong else "all hold"
        self.stdout.write(f"{report.stamps} stamps, {outcome}")
        if report.wrong:
            sys.exit(1)
