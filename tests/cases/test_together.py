"""Several at once, on SQLite and on PostgreSQL alike: each gets one number, and nobody overwrites another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.cases_kit import adopt, open_case, report, row, settle
from tests.people_kit import a_municipality
from vaern.cases.models import Case, DutyRow, Fulfilment
from vaern.core.refusal import Refused
from vaern.journal import queries as journal

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count: int, work: Callable[[int], object]) -> list[object]:
    """Runs `work(0..count-1)` in threads that start together; what each gave, an exception among them."""
    start = Barrier(count)

    def one(number: int) -> object:
        start.wait()
        try:
            return work(number)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_reports_sent_at_once_get_a_number_each() -> None:
    people = a_municipality()
    adopt(people.organisation_id)
    at_once(6, lambda number: report(people.anna, people.mads, what=f"Opslag {number}"))
    assert sorted(Case.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert journal.verify_chain(people.organisation_id).breaks == ()


def test_the_same_duty_settled_twice_at_once_is_written_once() -> None:
    people = a_municipality()
    case = open_case(people, "brovst", national=False)
    seen = row(case, "not_alone").times_done
    answers = at_once(4, lambda _: settle(case, people.mads, "not_alone", times_seen=seen))
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [one.refusal.code for one in refused] == ["recorded_meanwhile"] * 3
    assert Fulfilment.objects.filter(case=case, duty="not_alone").count() == 1


def test_the_lists_copy_of_the_plan_holds_each_duty_once_after_a_rush() -> None:
    people = a_municipality()
    case = open_case(people, "brovst", national=False)
    duties = ["not_alone", "privacy_check", "notify_head", "register_incident"]
    at_once(4, lambda number: settle(case, people.mads, duties[number]))
    rows = list(DutyRow.objects.filter(case=case).values_list("duty", flat=True))
    assert len(rows) == len(set(rows))
    assert not set(duties) & set(rows)
