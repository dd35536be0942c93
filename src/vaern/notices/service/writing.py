"""What the two ways to a notice share: one row for each person and key, however often it is owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from vaern.notices import rules
from vaern.notices.facts import Owed
from vaern.notices.models import Notice


def write(organisation_id: int, owed: Iterable[Owed], now: datetime) -> None:
    """Adds what is not there yet: the constraint decides, so that two workers make one notice of it."""
    Notice.objects.bulk_create(
        [
            Notice(
                organisation_id=organisation_id, user_id=one.user_id, kind=one.kind, key=one.key, case_id=one.case_id,
                duty=one.duty, at=now, mail_at=rules.when(one.pace, now),
            )
            for one in owed
        ],
        ignore_conflicts=True,
    )  # fmt: skip
