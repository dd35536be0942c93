"""A deadline set on an outsider in a letter has its own clock: the day after, whoever has the case is told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests.cases_kit import NOW
from tests.letters.kit import a_case, ready, sent
from tests.people_kit import Municipality, a_municipality, actor
from vaern.letters import service as letters
from vaern.notices import service
from vaern.notices.models import Notice

pytestmark = pytest.mark.django_db
DAY = (NOW + timedelta(days=10)).date()


@pytest.fixture(autouse=True)
def vault_folder(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE, settings.KEYS = tmp_path / "evidence", tmp_path / "keys"


def told(people: Municipality, days: int) -> list[int]:
    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        service.remind()
    return list(Notice.objects.filter(kind="no_answer").values_list("user_id", flat=True))


def test_the_day_after_it_is_told_once_and_never_when_it_was_answered() -> None:
    people = a_municipality()
    case = a_case(people)
    letter = sent(people, case, ready(people, case, answer_by=DAY))
    assert told(people, 10) == [], "the day itself is theirs"
    assert told(people, 11) == [people.mads.pk]
    assert told(people, 12) == [people.mads.pk]
    other = a_case(people)
    answered = sent(people, other, ready(people, other, answer_by=DAY))
    letters.confirm_letter(
        actor=actor(people.mads), case_id=other.pk, letter_id=answered.id, confirmed_as="answered", note="", now=NOW
    )
    assert told(people, 13) == [people.mads.pk]
    assert letter.id != answered.id


def test_a_letter_that_came_before_its_day_or_a_closed_case_tells_nobody() -> None:
    people = a_municipality()
    case = a_case(people)
    sent(people, case, ready(people, case))
    assert told(people, 60) == []
    closed = a_case(people)
    sent(people, closed, ready(people, closed, answer_by=DAY))
    type(closed).objects.filter(pk=closed.pk).update(state="closed", closed_at=NOW)
    assert told(people, 60) == []
