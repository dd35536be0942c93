"""A case before the screens: counting questions to the database, and a guideline of any length."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cases_kit import NOW, guideline, report
from tests.people_kit import Municipality
from vaern.cases import service
from vaern.cases.models import Case
from vaern.guideline.composed import Composed


def at(name: str, case: Case, **kwargs: Any) -> str:
    return reverse(name, kwargs={"case": case.pk, **kwargs})


def questions(client: Client, url: str) -> int:
    """How many queries the page asks, once everything kept in memory is warm."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def guideline_of(length: int) -> Composed:
    """Brovst without national law, with as many duties: copies of its notes, conversations and registrations."""
    whole = guideline("brovst", national=False)
    pattern = [duty for duty in whole.pack.duties if not duty.after and not duty.arises_from and not duty.outsider]
    duties = [
        pattern[number % len(pattern)].model_copy(update={"id": f"duty_{number}", "act": None})
        for number in range(length)
    ]
    return Composed(whole.pack.model_copy(update={"duties": tuple(duties)}))


def a_case_of(town: Municipality, length: int) -> Case:
    service.adopt_guideline(organisation_id=town.organisation_id, composed=guideline_of(length), actor_id=None, now=NOW)
    return report(town.anna, town.mads)
