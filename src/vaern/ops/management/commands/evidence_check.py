"""`vaern evidence check`: is every stored byte what was put there, and does the journal say the same?"""

from __future__ import annotations

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vaern.evidence import service
from vaern.evidence.facts import Check
from vaern.evidence.rules import FINDINGS


class Command(BaseCommand):
    help = "Read everything stored and compare. Exit 0: all is well. Exit 1: something is not, and what. 2: no answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--deep", action="store_true", help="open each piece of evidence with its key, too")
        parser.add_argument("--resume", action="store_true", help="go on with one that was broken off")

    def handle(self, *args: Any, deep: bool, resume: bool, **options: Any) -> None:
        begun = time.perf_counter()
        try:
            found = service.check_evidence(deep=deep, resume=resume, now=timezone.now(), progress=self._progress)
        except service.Unreachable as error:
            raise CommandError(
                f"The store does not answer ({error}). Go on later with --resume.", returncode=2
            ) from error
        for finding in found.findings:
            self.stdout.write(f"{finding.code}  {finding.place}  {FINDINGS[finding.code]}")
        speed = found.bytes / 1e6 / max(time.perf_counter() - begun, 1e-9)
        outcome = f"{len(found.findings)} findings" if found.findings else "all is well"
        self.stdout.write(f"{found.items} items, {found.bytes} bytes, {speed:.0f} MB/s: {outcome}")
        if found.findings:
            sys.exit(1)

    def _progress(self, check: Check) -> None:
        self.stderr.write(f"{check.items} of {check.total} items, {check.bytes / 1e6:.0f} MB", ending="\n")
