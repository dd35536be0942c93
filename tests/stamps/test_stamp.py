"""The sweep: what is not stamped is asked for, what goes wrong is remembered, and nothing pretends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cases_kit import NOW, open_case
from tests.evidence.files import GOOD, upload
from tests.people_kit import Municipality, a_municipality, actor
from tests.stamps_kit import Running, openssl_verifies
from vaern.cases import service as cases
from vaern.evidence import service as evidence
from vaern.evidence.facts import Item
from vaern.journal import queries as journal
from vaern.stamps import models, queries, service


@pytest.fixture
def case_id(people: Municipality) -> UUID:
    return open_case(people).pk


@pytest.fixture
def hand_in(people: Municipality, case_id: UUID) -> Callable[[str], Item]:
    def take(kind: str) -> Item:
        return evidence.take_in(actor=actor(people.anna), upload=upload(*GOOD[kind]), case_id=case_id, now=NOW)

    return take


def items_stamped() -> list[str]:
    return list(models.Stamp.objects.filter(item_id__isnull=False).order_by("pk").values_list("authority", flat=True))


def entries(*acts: str, organisation: int | None) -> list[dict[str, Any]]:
    return [
        entry.data for entry in journal.entries_of_acts(acts) if entry.chain == journal.rules.chain_of(organisation)
    ]


def test_without_an_authority_nothing_is_asked_and_the_item_says_so(
    settings: Any, hand_in: Callable[[str], Item]
) -> None:
    settings.TSA = ()
    item = hand_in("png")
    assert service.stamp(now=NOW) == 0
    assert queries.states([item], NOW)[item.id].word == "none"
    assert entries("stamp_evidence", "stamping_fails", organisation=item.organisation_id) == []


def test_an_item_is_stamped_and_a_stranger_can_verify_it_against_the_file(
    settings: Any, tsa: Running, hand_in: Callable[[str], Item], tmp_path: Path
) -> None:
    settings.TSA = (tsa.as_("good"),)
    item = hand_in("png")
    assert queries.states([item], NOW)[item.id].word == "waiting"
    service.stamp(now=NOW)
    (stamp,) = queries.stamps_of_items([item.id])
    assert stamp.due.digest == item.sha256
    assert openssl_verifies(tmp_path, stamp.response, item.sha256, stamp.roots)
    state = queries.states([item], NOW)[item.id]
    assert (state.word, [one.authority for one in state.stamped]) == ("stamped", ["good"])
    (entry,) = entries("stamp_evidence", organisation=item.organisation_id)
    assert (entry["item"], entry["response"]) == (str(item.id), stamp.response_sha256)
    assert service.stamp(now=NOW) == 0, "once is enough"


def test_drafts_are_stamped_before_anybody_sends_them_and_withdrawn_files_are_not(
    settings: Any, tsa: Running, people: Municipality, case_id: UUID
) -> None:
    settings.TSA = (tsa.as_("good"),)
    anna = actor(people.anna)
    draft = cases.start_report(actor=anna, who="me", now=NOW).pk
    kept = evidence.take_in(actor=anna, upload=upload(*GOOD["png"]), draft_id=draft, now=NOW)
    gone = evidence.take_in(actor=anna, upload=upload(*GOOD["txt"]), draft_id=draft, now=NOW)
    evidence.withdraw_from_draft(actor=anna, draft_id=draft, item_id=gone.id, now=NOW)
    service.stamp(now=NOW)
    assert [stamp.due.item_id for stamp in queries.stamps_of_items([kept.id, gone.id])] == [kept.id]


def test_each_of_several_authorities_stamps_it_and_one_that_fails_is_said(
    settings: Any, tsa: Running, hand_in: Callable[[str], Item]
) -> None:
    settings.TSA = (tsa.as_("good"), tsa.as_("busy"))
    item = hand_in("png")
    service.stamp(now=NOW)
    soon, later = (queries.states([item], NOW + timedelta(hours=hours))[item.id] for hours in (1, 5))
    assert ([one.authority for one in soon.stamped], soon.word) == (["good"], "waiting")
    assert (later.word, later.waiting[0].authority, later.waiting[0].why) == ("late", "busy", "refused")


@pytest.mark.parametrize("mode", ["expired", "stranger", "wrong_nonce", "wrong_imprint", "garbage", "busy"])
def test_whatever_is_wrong_with_the_answer_nothing_is_kept(
    settings: Any, tsa: Running, hand_in: Callable[[str], Item], mode: str
) -> None:
    settings.TSA = (tsa.as_(mode),)
    item = hand_in("png")
    assert service.stamp(now=NOW) == 0
    assert (models.Stamp.objects.count(), models.Roots.objects.count()) == (0, 0)
    assert entries("stamp_evidence", organisation=item.organisation_id) == []
    assert queries.health(settings.TSA[0].name).failures == 1


def test_a_failing_authority_is_left_alone_alarms_once_and_recovers_by_itself(
    settings: Any, tsa: Running, hand_in: Callable[[str], Item]
) -> None:
    settings.TSA = (tsa.as_("busy", name="only"),)
    hand_in("png")
    tries = []
    for minute in range(8):
        before = queries.health("only").failures
        service.stamp(now=NOW + timedelta(minutes=minute))
        tries += [minute] if queries.health("only").failures > before else []
        assert bool(queries.alarming()) is (minute >= 3)
    assert tries == [0, 1, 3, 7]
    assert entries("stamping_fails", organisation=None) == [{"authority": "only", "why": "refused"}]
    settings.TSA = (tsa.as_("good", name="only"),)
    assert service.stamp(now=NOW + timedelta(minutes=14)) == 0, "not yet"
    assert service.stamp(now=NOW + timedelta(minutes=15)) > 0
    assert queries.alarming() == []
    assert entries("stamping_works_again", organisation=None) == [{"authority": "only"}]


def test_the_end_of_every_chain_is_stamped_once_a_day(
    settings: Any, tsa: Running, people: Municipality, case_id: UUID
) -> None:
    settings.TSA = (tsa.as_("good"),)
    chain = f"org:{people.organisation_id}"
    head = next(one for one in journal.heads() if one.chain == chain)
    service.stamp(now=NOW)
    service.stamp(now=NOW + timedelta(hours=3))
    (first,) = queries.stamps_of_chain(people.organisation_id, chain)
    assert (first.due.seq, first.due.digest) == (head.seq, head.hash)
    assert journal.hash_at(chain, head.seq) == head.hash
    service.stamp(now=NOW + timedelta(days=1))
    assert [stamp.due.seq for stamp in queries.stamps_of_chain(people.organisation_id, chain)] == [
        head.seq + 1,
        head.seq,
    ]
    assert queries.last_of_journal(people.organisation_id) == NOW + timedelta(days=1)
    stamped = set(models.Stamp.objects.exclude(chain="").values_list("chain", flat=True))
    assert stamped == {one.chain for one in journal.heads()}
    assert all(not report.breaks for report in journal.verify_chains())


def test_a_new_day_is_a_danish_one(settings: Any, tsa: Running, people: Municipality, case_id: UUID) -> None:
    settings.TSA = (tsa.as_("good"),)
    evening = NOW.replace(hour=22, minute=30)  # half past eleven in Denmark
    service.stamp(now=evening)
    before = models.Stamp.objects.count()
    assert service.stamp(now=evening + timedelta(minutes=25)) == 0
    assert service.stamp(now=evening + timedelta(minutes=35)) > 0
    assert models.Stamp.objects.count() > before


def test_the_questions_to_the_database_do_not_grow_with_the_items(
    settings: Any, tsa: Running, hand_in: Callable[[str], Item]
) -> None:
    settings.TSA = (tsa.as_("good"),)
    items = [hand_in(kind) for kind in ("png", "txt", "pdf")]
    service.stamp(now=NOW)
    with CaptureQueriesContext(connection) as seen:
        assert {state.word for state in queries.states(items, NOW).values()} == {"stamped"}
    assert len(seen) == 2


def test_the_database_holds_the_limits_too(settings: Any, tsa: Running, hand_in: Callable[[str], Item]) -> None:
    settings.TSA = (tsa.as_("good"),)
    hand_in("png")
    service.stamp(now=NOW)
    row = models.Stamp.objects.get(item_id__isnull=False)
    for wrong in ({"item_id": None}, {"chain": "org:1", "seq": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Stamp.objects.filter(pk=row.pk).update(**wrong)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_keep_one_stamp_each(settings: Any, tsa: Running) -> None:
    people = a_municipality()
    case = open_case(people)
    for kind in ("png", "txt", "pdf"):
        evidence.take_in(actor=actor(people.anna), upload=upload(*GOOD[kind]), case_id=case.pk, now=NOW)
    settings.TSA = (tsa.as_("good"),)
    gate = Barrier(2)

    def work() -> None:
        gate.wait()
        service.stamp(now=NOW)
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert items_stamped() == ["good"] * 3
    assert service.verify().wrong == ()
