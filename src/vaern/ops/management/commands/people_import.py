"""`vaern people import`: units and people from CSV files. The format stands in docs/operate/import.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vaern.core.refusal import Refused
from vaern.people import queries, service
from vaern.people.rules import Change, Plan, UnitChange, UserChange, read_sheets

_WORD = {"create": "ny", "update": "ændret"}
_FILE = {"units": "enheder", "people": "personer"}


class Command(BaseCommand):
    help = "Import units and people from CSV files. Exit 0: every line was taken. Exit 1: some were refused, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--units", type=Path, metavar="FILE")
        parser.add_argument("--people", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="show what would happen and change nothing")

    def handle(
        self, *args: Any, organisation: str, units: Path | None, people: Path | None, dry_run: bool, **options: Any
    ) -> None:
        if units is None and people is None:
            raise CommandError("Give --units, --people or both.")
        found = queries.organisation_by_slug(organisation)
        if found is None:
            raise CommandError(f"There is no organisation “{organisation}”.")
        sheets = read_sheets(_read(units), _read(people))
        now = timezone.now()
        try:
            if dry_run:
                plan = queries.rehearse_import(None, found.id, sheets, today=timezone.localdate(now))
            else:
                plan = service.import_people(actor=None, organisation_id=found.id, sheets=sheets, now=now)
        except Refused as refused:
            raise CommandError(refused.refusal.message % refused.refusal.params) from refused
        self._say(plan, dry_run)

    def _say(self, plan: Plan, dry_run: bool) -> None:
        for change in (*plan.created, *plan.updated):
            self.stdout.write(f"{_WORD[change.kind]}: {_said(change)}")
        for line in plan.refused:
            self.stderr.write(f"{_FILE[line.file]} linje {line.line}: {line.reason % line.params}")
        said = "ville blive" if dry_run else "blev"
        self.stdout.write(
            f"{len(plan.created)} {said} oprettet, {len(plan.updated)} {said} ændret, "
            f"{len(plan.same)} uden ændring, {len(plan.refused)} afvist"
        )
        if plan.refused:
            raise CommandError(f"{len(plan.refused)} linjer er afvist.", returncode=1)


def _said(change: Change) -> str:
    """One change on one line, with the number of the line it comes from."""
    match change:
        case UnitChange():
            return f"enhed {change.code} {change.name} (linje {change.line})"
        case UserChange():
            return f"bruger {change.email} {change.name} (linje {change.line})"
        case _:
            return f"post {change.role} i {change.unit_code} for {change.email} (linje {change.line})"


def _read(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
