"""`vaern evidence erase`: whose time is over; with a case, a person and a reason, the end of its evidence."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vaern.cases import queries as cases
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import queries, service
from vaern.evidence.rules import kept_until, may_erase
from vaern.people import queries as people
from vaern.people.facts import Actor, Role


class Command(BaseCommand):
    help = (
        "List closed cases whose evidence may be erased. With --case, --by and --reason erase one, in the name of "
        "somebody in the secretariat or HR. There is no way back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--case", type=UUID, metavar="ID", help="as the list prints it")
        parser.add_argument("--by", metavar="MAIL", help="who has decided it; their name stands in the record")
        parser.add_argument("--reason", default="", help="why now; it stands in the record")

    def handle(self, *args: Any, case: UUID | None, by: str | None, reason: str, **options: Any) -> None:
        if case is None:
            self._list(timezone.localdate())
        elif by is None:
            raise CommandError("--by says who has decided it.")
        else:
            self._erase(case, by, reason)

    def _list(self, today: date) -> None:
        due = 0
        for case, (label, organisation, day) in cases.closed_days(queries.unerased()).items():
            years, held = queries.years(organisation), queries.open_hold(case) is not None
            if may_erase(day, held=held, years=years, today=today) is None:
                due += 1
                self.stdout.write(f"{case}  {label}  closed {day}, kept until {kept_until(day, years)}")
        self.stdout.write(f"{due} cases whose evidence may be erased")

    def _erase(self, case: UUID, by: str, reason: str) -> None:
        try:
            count = service.erase_evidence(actor=_actor(by), case_id=case, reason=reason, now=timezone.now())
        except Refused as refused:
            raise CommandError(refused.refusal.message % refused.refusal.params) from refused
        except Unseen as unseen:
            raise CommandError(f"There is no such case where {by} works.") from unseen
        self.stdout.write(f"{count} pieces of evidence are erased")


def _actor(by: str) -> Actor:
    """Not the administrator, who decides nothing about cases, though it is often the same person at the keyboard."""
    user = people.who_logs_in(by)
    actor = people.actor_of(user, today=timezone.localdate()) if user else None
    if actor is None or not (actor.has(Role.SECRETARIAT) or actor.has(Role.HR)):
        raise CommandError(f"{by} is nobody in the secretariat or HR.")
    return actor
