"""From the journal to notices. The cursor moves in the transaction that writes what it passed: killed at any point,
nothing is passed over and nothing is told twice. An act that was rolled back is not in the journal, so nobody hears."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from vaern.cases import queries as cases
from vaern.journal import queries as journal
from vaern.journal.facts import Entry
from vaern.notices import rules
from vaern.notices.models import Cursor
from vaern.notices.service.writing import write
from vaern.people import queries as people

BATCH = 200


def read_journal() -> None:
    """Reads every organisation's chain from where it was left. A job."""
    for organisation_id in people.organisation_ids():
        while _read(organisation_id):
            pass


def _read(organisation_id: int) -> bool:
    """One batch; whether there may be more."""
    with transaction.atomic():
        Cursor.objects.get_or_create(organisation_id=organisation_id)
        cursor = Cursor.objects.select_for_update().get(organisation_id=organisation_id)
        entries = journal.entries_since(organisation_id, cursor.seq, BATCH)
        for entry in entries:
            _tell(organisation_id, entry)
        if entries:
            cursor.seq = entries[-1].seq
            cursor.save()
    return len(entries) == BATCH


def _tell(organisation_id: int, entry: Entry) -> None:
    case_id = rules.case_of(entry)
    if case_id is None or entry.act not in rules.TOLD:
        return
    now = timezone.now()
    crew = cases.crew_of(case_id, now)
    if crew is not None:
        write(organisation_id, rules.told(entry, crew), now)
