"""`vaern work`: does what was put off for later, and what is scheduled. `./run serve` starts one beside the server."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from vaern.jobs import queries, service


class Command(BaseCommand):
    help = "Work on the jobs until stopped. More than one may run, also on other machines with the same database."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--list", action="store_true", help="say how each job is doing, and stop")
        parser.add_argument("--now", metavar="JOB", help="run this job once, here, and stop")

    def handle(self, *args: Any, now: str | None, **options: Any) -> None:
        if options["list"]:
            self._list()
        elif now:
            self._once(now)
        else:
            call_command("evidence_keys", verbosity=0)
            service.schedule()
            if not service.work():
                sys.exit("The workers ended, and nobody had asked them to.")

    def _list(self) -> None:
        for run in queries.runs(timezone.now()):
            last = f"{run.ok_at:%Y-%m-%d %H:%M} UTC" if run.ok_at else "never"
            fault = f", {run.failures} failures in a row ({run.problem})" if run.failures else ""
            self.stdout.write(f"{run.name}: {run.state}, last went well {last}{fault}")

    def _once(self, name: str) -> None:
        try:
            service.run(name)
        except (service.Failed, service.NoSuchJob) as problem:
            self.stderr.write(str(problem))
            sys.exit(1)
