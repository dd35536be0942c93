"""`vaern journal verify`: proves that nothing recorded was changed, taken out or put in, or says where."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from vaern.journal import queries, rules


class Command(BaseCommand):
    help = "Verify the journal's hash chains. Exit 0: all hold. Exit 1: one does not, and where."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", type=int, metavar="ID", help="only this organisation's chain")

    def handle(self, *args: Any, organisation: int | None, **options: Any) -> None:
        reports = queries.verify_chains() if organisation is None else [queries.verify_chain(organisation)]
        broken = False
        for report in reports:
            broken |= bool(report.breaks)
            for found in report.breaks:
                self.stdout.write(f"{found.chain} entry {found.seq}: {rules.BREAKS[found.code]}")
            outcome = f"{len(report.breaks)} breaks" if report.breaks else "holds"
            erased = f", {report.erased} erased" if report.erased else ""
            # The head belongs in a safe elsewhere: whoever owns the database could write a whole new chain.
            self.stdout.write(f"{report.chain}: {report.entries} entries{erased}, {outcome}, head {report.head}")
        if broken:
            sys.exit(1)
