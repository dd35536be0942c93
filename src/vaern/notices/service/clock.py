"""What the clock says: deadlines, silences, and danger nobody has looked at. A job: twice tells nothing twice."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from vaern.cases import queries as cases
from vaern.handover import queries as handovers
from vaern.letters import queries as letters
from vaern.notices import rules
from vaern.notices.facts import Owed
from vaern.notices.service.writing import write
from vaern.people import queries as people


def remind() -> None:
    """Looks through the open cases of every organisation."""
    now = timezone.now()
    for organisation_id in people.organisation_ids():
        write(organisation_id, _owed(organisation_id, now), now)


def _owed(organisation_id: int, now: datetime) -> list[Owed]:
    late = cases.deadlines(organisation_id, now, ahead=rules.NEAR)
    found = [owed for one in late for owed in rules.reminders(one, now)]
    found += [owed for one in cases.quiet(organisation_id, now) for owed in rules.silences(one, now)]
    found += [owed for one in cases.dangers(organisation_id, now) for owed in rules.unseen_danger(one, now)]
    found += [owed for one in cases.agreed_talks(organisation_id, now) for owed in rules.agreed_talks(one, now)]
    for asked in handovers.follow_ups_due(organisation_id, timezone.localdate(now)):
        crew = cases.crew_of(asked.case_id, now)
        found += list(rules.follow_ups(asked, crew, timezone.localdate(now))) if crew else []
    for one in letters.unanswered(organisation_id, timezone.localdate(now)):
        crew = cases.open_crew_of(one.case_id, now)
        found += list(rules.unanswered(one, crew)) if crew else []
    return found
