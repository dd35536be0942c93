from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from vaern.journal import facts, service

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ORGANISATION = 7


def add(number: int = 1, *, subject: str = "case:1", organisation_id: int | None = ORGANISATION) -> facts.Entry:
    """One entry; `number` makes it different from its neighbours."""
    with transaction.atomic():
        return service.record(
            organisation_id=organisation_id,
            act="take_in_evidence",
            actor_id=3,
            actor_name="Mette Holm",
            subject=subject,
            payload={"number": number, "name": "skærm.png"},
            now=NOW + timedelta(seconds=number),
        )


@pytest.fixture
def five(db: None) -> list[facts.Entry]:
    return [add(number) for number in range(1, 6)]
