"""Recording: inside the caller's transaction, one chain per organisation, and nothing recorded can be changed."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.journal.conftest import NOW, ORGANISATION, add
from tests.journal_kit import unlocked
from vaern.core.digest import NotCanonical
from vaern.journal import facts, models, queries, rules, service

FIELDS = {
    "chain": "'org:8'",
    "seq": "99",
    "at": "'2026-11-20 09:00:00+00:00'",
    "act": "'preview_evidence'",
    "actor_id": "4",
    "subject": "'case:2'",
    "payload_digest": f"'{'a' * 64}'",
    "prev": f"'{'b' * 64}'",
    "hash": f"'{'c' * 64}'",
}


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def codes() -> set[str]:
    return {found.code for found in queries.verify_chain(ORGANISATION).breaks}


def test_what_is_recorded_can_be_read_back_and_verified(five: list[facts.Entry]) -> None:
    assert queries.entries_since(ORGANISATION, 0) == five
    assert queries.entries_of("case:1", limit=2) == [five[4], five[3]]
    assert queries.entries_of("case:1", before=five[1].at) == [five[0]]
    assert queries.entries_of("case:1", acts=["preview_evidence"]) == []
    assert [entry.seq for entry in queries.entries_since(ORGANISATION, 3)] == [4, 5]
    assert five[0].actor_name == "Mette Holm"
    report = queries.verify_chain(ORGANISATION)
    assert (report.entries, report.erased, report.head, report.breaks) == (5, 0, five[4].hash, ())


def test_each_organisation_and_the_installation_have_their_own_chain(db: None) -> None:
    entries = [add(organisation_id=one) for one in (1, 2, None)]
    assert [(one.chain, one.seq) for one in entries] == [("org:1", 1), ("org:2", 1), ("system", 1)]
    assert [report.chain for report in queries.verify_chains()] == ["org:1", "org:2", "system"]
    assert queries.verify_chain(99).breaks == ()


def test_an_unknown_act_and_an_uncertain_value_are_refused(db: None) -> None:
    common = {"organisation_id": 1, "actor_id": 1, "subject": "case:1", "now": NOW}
    with transaction.atomic(), pytest.raises(service.NotRecordable):
        service.record(act="do_something", payload={}, **common)  # type: ignore[arg-type]
    with transaction.atomic(), pytest.raises(NotCanonical):
        service.record(act="take_in_evidence", payload={"share": 0.5}, **common)  # type: ignore[arg-type]
    assert models.Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(service.NotRecordable, match="outside"):
        service.record(organisation_id=1, act="take_in_evidence", actor_id=1, subject="case:1", payload={}, now=NOW)


def test_a_rollback_leaves_no_entry_and_no_gap(db: None) -> None:
    add(1)
    with transaction.atomic():
        add(2)
        transaction.set_rollback(True)
    assert add(3).seq == 2
    assert codes() == set()


def test_one_record_costs_five_queries(five: list[facts.Entry]) -> None:
    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as seen,
    ):
        service.record(
            organisation_id=ORGANISATION, act="take_in_evidence", actor_id=1, subject="case:1", payload={}, now=NOW
        )
    assert len(seen) <= 5


@pytest.mark.parametrize(
    "sql",
    [
        *(f"UPDATE journal_entry SET {field} = {value} WHERE seq = 2" for field, value in FIELDS.items()),
        "DELETE FROM journal_entry WHERE seq = 5",
        "UPDATE journal_payload SET data = '{}'",
        "UPDATE journal_payload SET actor_name = 'Someone else'",
    ],
)
def test_the_database_refuses_to_change_what_was_recorded(five: list[facts.Entry], sql: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(sql)
    assert queries.entries_since(ORGANISATION, 0) == five


@pytest.mark.parametrize("seq", [1, 3, 5])
@pytest.mark.parametrize("field", FIELDS)
def test_a_field_changed_behind_the_triggers_is_found(five: list[facts.Entry], field: str, seq: int) -> None:
    with unlocked():
        run(f"UPDATE journal_entry SET {field} = {FIELDS[field]} WHERE seq = {seq}")
    assert codes()


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE journal_payload SET data = '{\"number\": 9}' WHERE salt = '{salt}'", "payload"),
        ("UPDATE journal_payload SET actor_name = 'Someone else' WHERE salt = '{salt}'", "payload"),
        ("DELETE FROM journal_payload WHERE salt = '{salt}'", "payload_gone"),
        ("UPDATE journal_head SET seq = 4", "head"),
        (f"UPDATE journal_head SET hash = '{'d' * 64}'", "head"),
        ("DELETE FROM journal_head", "head"),
    ],
)
def test_changed_content_and_a_moved_end_are_found(five: list[facts.Entry], sql: str, code: str) -> None:
    assert five[2].payload is not None
    with unlocked():
        run(sql.replace("{salt}", five[2].payload.salt))
    assert codes() == {code}


@pytest.mark.parametrize(("seq", "code"), [(1, "gap"), (3, "gap"), (5, "head")])
def test_a_deleted_entry_is_found(five: list[facts.Entry], seq: int, code: str) -> None:
    with unlocked():
        run(f"DELETE FROM journal_payload WHERE entry_id = (SELECT id FROM journal_entry WHERE seq = {seq})")
        run(f"DELETE FROM journal_entry WHERE seq = {seq}")
    assert code in codes()


def test_two_entries_that_changed_places_are_found(five: list[facts.Entry]) -> None:
    with unlocked():
        for old, new in ((2, 900), (3, 2), (900, 3)):
            run(f"UPDATE journal_entry SET seq = {new} WHERE seq = {old}")
    assert {"hash", "prev"} <= codes()


def test_an_entry_added_past_the_end_is_found(five: list[facts.Entry]) -> None:
    run(
        "INSERT INTO journal_entry (chain, seq, at, act, subject, payload_digest, prev, hash) VALUES "
        f"('org:7', 6, '2026-11-21 10:00:00+00:00', 'x', 'case:1', '{'e' * 64}', '{five[4].hash}', '{'f' * 64}')"
    )
    assert {"hash", "payload_gone", "head"} == codes()


def test_erasing_leaves_the_act_and_takes_the_content_and_the_name(five: list[facts.Entry]) -> None:
    add(6, subject="case:2")
    erased = service.erase_payload(
        organisation_id=ORGANISATION, subject="case:1", actor_id=1, reason="opbevaringstid udløbet", now=NOW
    )
    report = queries.verify_chain(ORGANISATION)
    assert (erased, report.erased, report.breaks) == (5, 5, ())
    left = queries.entries_since(ORGANISATION, 0)
    assert [(one.actor_name, one.data) for one in left[:5]] == [("", {})] * 5
    assert [one.hash for one in left[:5]] == [one.hash for one in five]
    assert left[5].actor_name == "Mette Holm"
    assert left[6].data == {"reason": "opbevaringstid udløbet", "erased": 5}


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_make_one_chain_without_fork_or_gap() -> None:
    start, errors = threading.Barrier(8), []

    def write(writer: int) -> None:
        start.wait()
        try:
            for number in range(30):
                add(writer * 100 + number)
        except Exception as error:  # shown by the main thread
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = queries.verify_chain(ORGANISATION)
    assert errors == []
    assert (report.entries, report.breaks) == (240, ())
    entries = queries.entries_since(ORGANISATION, 0, limit=1000)
    assert sorted(entry.at for entry in entries) == sorted(
        NOW + timedelta(seconds=writer * 100 + number) for writer in range(8) for number in range(30)
    )


def test_a_slice_shows_its_own_entries_and_of_the_others_a_commitment_only(five: list[facts.Entry]) -> None:
    """From the first entry about it, to where it is asked to end; foreign entries in between are digests."""
    foreign = add(6, subject="case:2")
    last, later = add(7), add(8)
    found = list(queries.proof_of(ORGANISATION, ["case:1"], until=last.seq))
    assert found == [*five, rules.commitment_of(foreign), last]
    assert list(queries.proof_of(ORGANISATION, ["case:2"], until=later.seq)) == [
        foreign, rules.commitment_of(last), rules.commitment_of(later),
    ]  # fmt: skip
    assert list(queries.proof_of(ORGANISATION, ["case:3"], until=later.seq)) == []
