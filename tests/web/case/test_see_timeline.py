"""The whole history, page by page: nothing twice, nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from tests.cases_kit import NOW
from tests.people_kit import Municipality, actor, logged_in
from tests.web.case_kit import at
from vaern.cases import service
from vaern.cases.models import Case
from vaern.journal import service as journal


def _record(case: Case, town: Municipality, count: int, at_once: int) -> None:
    """`count` acts, `at_once` of them in each moment."""
    with transaction.atomic():
        for number in range(count):
            journal.record(
                organisation_id=town.organisation_id,
                act="write_message",
                actor_id=town.mads.pk,
                actor_name=f"Nummer {number:03d}",
                subject=f"case:{case.pk}",
                payload={},
                now=NOW + timedelta(minutes=1 + number // at_once),
            )


@pytest.mark.parametrize("at_once", [1, 3, 7])
def test_every_act_stands_on_exactly_one_page(town: Municipality, case: Case, at_once: int) -> None:
    _record(case, town, 120, at_once)
    client, seen, url = logged_in(town.mads), [], at("see_timeline", case)
    address: str | None = url
    while address:
        found = client.get(address).context["timeline"]
        seen += [row.who for row in found.rows]
        address = f"{url}?before={found.before.replace('+', '%2B')}" if found.before else None
    numbered = [who for who in seen if who.startswith("Nummer")]
    assert numbered == [f"Nummer {number:03d}" for number in reversed(range(120))]


def test_the_link_to_the_older_acts_works_as_it_stands(town: Municipality, case: Case) -> None:
    _record(case, town, 60, 1)
    client = logged_in(town.mads)
    text = client.get(at("see_timeline", case)).content.decode()
    link = text.split('rel="next" href="')[1].split('"')[0]
    older = client.get(at("see_timeline", case) + link)
    assert older.status_code == 200
    assert "Nummer 000" in older.content.decode()


def test_it_says_who_did_what_with_which_duty(town: Municipality, case: Case) -> None:
    service.give_consent(actor=actor(town.anna), case_id=case.pk, consent="amr_reads", answer="yes", now=NOW)
    text = logged_in(town.mads).get(at("see_timeline", case)).content.decode()
    assert "Anna Ankersen svarede på et spørgsmål om samtykke" in text
    assert "Må arbejdsmiljørepræsentanten læse" in text


def test_opening_a_page_is_not_a_happening(town: Municipality, case: Case) -> None:
    client = logged_in(town.mads)
    client.get(at("see_case", case))
    rows = client.get(at("see_timeline", case)).context["timeline"].rows
    assert "åbnede sagen" not in [row.sentence for row in rows]


@pytest.mark.parametrize("cursor", ["i går", "2026-11-17", "2026-11-17T09:00:00", "0", "9" * 400])
def test_a_cursor_that_is_none_is_not_found(town: Municipality, case: Case, cursor: str) -> None:
    assert logged_in(town.mads).get(at("see_timeline", case), {"before": cursor}).status_code == 404


@pytest.mark.parametrize("who", ["anna", "karim", "amalie", "adam", "xenia"])
def test_it_is_for_those_who_read_the_case(town: Municipality, case: Case, who: str) -> None:
    assert logged_in(getattr(town, who)).get(at("see_timeline", case)).status_code == 404
