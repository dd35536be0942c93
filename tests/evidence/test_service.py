"""Evidence in and out through the service: on a draft, on a case, and every hand on record."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cases_kit import NOW, adopt, open_case
from tests.evidence.files import GOOD, POST, upload
from tests.people_kit import Municipality, a_municipality, actor
from vaern.cases import service as cases
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import models, queries, service
from vaern.evidence.facts import Item
from vaern.journal import queries as journal


@pytest.fixture
def draft(people: Municipality) -> UUID:
    adopt(people.organisation_id)
    return cases.start_report(actor=actor(people.anna), who="me", now=NOW).pk


@pytest.fixture
def hand_in(people: Municipality, draft: UUID) -> Callable[..., Item]:
    def take(kind: str = "png", **where: Any) -> Item:
        where = where or {"draft_id": draft}
        return service.take_in(actor=actor(people.anna), upload=upload(*GOOD[kind]), now=NOW, **where)

    return take


def send(people: Municipality, draft: UUID) -> UUID:
    given = {"what": "Et opslag med mit navn.", "manager_id": people.mads.pk}
    cases.write_report(actor=actor(people.anna), draft_id=draft, answers=given, now=NOW)
    return service.send_report(actor=actor(people.anna), draft_id=draft, now=NOW).pk


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != ".gate"]


@pytest.mark.parametrize("kind", GOOD)
def test_every_kind_is_taken_in_and_comes_out_byte_for_byte(
    people: Municipality, hand_in: Callable[..., Item], kind: str
) -> None:
    item = hand_in(kind)
    assert (item.kind.id, item.sha256) == (kind, sha256(GOOD[kind][1]).hexdigest())
    got = service.download(actor=actor(people.anna), item=item, now=NOW)
    assert b"".join(got.chunks) == GOOD[kind][1]
    assert (got.size, got.mime, got.filename) == (item.size, "application/octet-stream", GOOD[kind][0])


def test_the_report_carries_its_files_to_the_case_numbered_and_on_record(
    people: Municipality, draft: UUID, hand_in: Callable[..., Item]
) -> None:
    items = [hand_in(kind) for kind in ("png", "jpeg", "heic")]
    case_id = send(people, draft)
    on_case = queries.items_of_case(case_id)
    assert [(one.number, one.sha256) for one in on_case] == [(n, one.sha256) for n, one in enumerate(items, 1)]
    assert queries.items_of_draft(draft) == []
    assert queries.count_of_case(case_id) == 3
    assert queries.counts_of_cases([case_id, uuid4()]) == {case_id: 3}
    sent = journal.entries_of(f"case:{case_id}", acts=["send_report"])[0]
    assert sent.data["evidence"] == [one.sha256 for one in items]
    assert [entry.act for entry in queries.custody(case_id)] == ["take_in_evidence"] * 3
    assert service.send_report(actor=actor(people.anna), draft_id=draft, now=NOW).pk == case_id
    assert queries.count_of_case(case_id) == 3


def test_a_refused_report_leaves_its_files_on_the_draft(
    people: Municipality, draft: UUID, hand_in: Callable[..., Item]
) -> None:
    hand_in()
    with pytest.raises(Refused):
        service.send_report(actor=actor(people.anna), draft_id=draft, now=NOW)
    assert len(queries.items_of_draft(draft)) == 1


def test_evidence_added_to_the_case_gets_the_next_number(people: Municipality, hand_in: Callable[..., Item]) -> None:
    case = open_case(people)
    first, second = (hand_in(kind, case_id=case.pk, note=" fra telefonen ") for kind in ("png", "txt"))
    assert (first.number, second.number, second.note) == (1, 2, "fra telefonen")
    case.refresh_from_db()
    assert case.events["evidence_secured"] == NOW.isoformat()


def test_the_same_file_twice_is_said_and_not_added(
    people: Municipality, hand_in: Callable[..., Item], vault_folder: Path
) -> None:
    case = open_case(people)
    for where in ({}, {"case_id": case.pk}):
        item = hand_in("jpeg", **where)
        with pytest.raises(Refused) as refused:
            hand_in("jpeg", **where)
        assert code(refused) == "already_here"
        assert item.object in {path.name for path in stored(vault_folder)}
    assert len(stored(vault_folder)) == 2, "what was refused is not left lying about"
    assert queries.duplicate(case.pk, item.sha256) == item
    assert queries.duplicate(case.pk, "0" * 64) is None


def test_the_database_holds_the_limits_too(people: Municipality, hand_in: Callable[..., Item]) -> None:
    item = hand_in()
    rows = models.Item.objects.filter(pk=item.id)
    for wrong in ({"draft_id": None}, {"number": 1}, {"case_id": uuid4()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_a_refused_file_leaves_no_row_no_bytes_and_no_entry(
    people: Municipality, draft: UUID, vault_folder: Path
) -> None:
    with pytest.raises(Refused) as refused:
        service.take_in(actor=actor(people.anna), upload=upload("a.png", b"MZ" + bytes(99)), draft_id=draft, now=NOW)
    assert code(refused) == "disguised"
    assert refused.value.refusal.field == "evidence"
    assert (models.Item.objects.count(), stored(vault_folder)) == (0, [])
    assert journal.entries_of(f"draft:{draft}", acts=queries.CUSTODY) == []


def test_the_number_of_files_is_limited(settings: Any, hand_in: Callable[..., Item]) -> None:
    settings.REPORT_MAX_FILES = 2
    hand_in("png")
    hand_in("txt")
    with pytest.raises(Refused) as refused:
        hand_in("pdf")
    assert code(refused) == "too_many"


def test_a_vault_that_cannot_be_written_is_said_calmly(hand_in: Callable[..., Item], vault_folder: Path) -> None:
    vault_folder.write_text("a file where the folder should be")
    with pytest.raises(Refused) as refused:
        hand_in()
    assert code(refused) == "not_kept"
    assert models.Item.objects.count() == 0


def test_taking_a_file_off_the_draft(people: Municipality, draft: UUID, hand_in: Callable[..., Item]) -> None:
    item = hand_in()
    service.withdraw_from_draft(actor=actor(people.anna), draft_id=draft, item_id=item.id, now=NOW)
    assert queries.items_of_draft(draft) == []
    with pytest.raises(Unseen):
        service.withdraw_from_draft(actor=actor(people.anna), draft_id=draft, item_id=item.id, now=NOW)
    assert hand_in().sha256 == item.sha256, "it may be handed in again"
    acts = [entry.act for entry in journal.entries_of(f"draft:{draft}", acts=queries.CUSTODY)]
    assert sorted(acts) == ["take_in_evidence", "take_in_evidence", "withdraw_evidence"]


def test_nobody_else_reaches_the_draft(people: Municipality, draft: UUID, hand_in: Callable[..., Item]) -> None:
    item = hand_in()
    for other in (people.karim, people.mads, people.xenia):
        with pytest.raises(Unseen):
            service.take_in(actor=actor(other), upload=upload(*GOOD["txt"]), draft_id=draft, now=NOW)
        with pytest.raises(Unseen):
            service.withdraw_from_draft(actor=actor(other), draft_id=draft, item_id=item.id, now=NOW)
    case = open_case_of(people)
    with pytest.raises(Unseen):
        service.take_in(actor=actor(people.xenia), upload=upload(*GOOD["txt"]), case_id=case, now=NOW)


def open_case_of(people: Municipality) -> UUID:
    draft = cases.start_report(actor=actor(people.anna), who="me", now=NOW).pk
    return send(people, draft)


def test_a_sent_draft_takes_no_more(people: Municipality, draft: UUID, hand_in: Callable[..., Item]) -> None:
    item = hand_in("png")
    case_id = send(people, draft)
    with pytest.raises(Refused) as refused:
        hand_in("txt")
    assert code(refused) == "already_sent"
    with pytest.raises(Refused):
        service.withdraw_from_draft(actor=actor(people.anna), draft_id=draft, item_id=item.id, now=NOW)
    assert queries.item(case_id, item.id).number == 1


def test_an_item_is_found_on_its_own_case_only(people: Municipality, hand_in: Callable[..., Item]) -> None:
    case = open_case(people)
    item = hand_in("png", case_id=case.pk)
    with pytest.raises(Unseen):
        queries.item(uuid4(), item.id)
    with pytest.raises(Unseen):
        queries.item(case.pk, uuid4())


def test_each_opening_is_on_record_with_the_name(people: Municipality, hand_in: Callable[..., Item]) -> None:
    case = open_case(people)
    picture, mail = (hand_in(kind, case_id=case.pk) for kind in ("jpeg", "eml"))
    mads = actor(people.mads)
    assert service.preview(actor=mads, item=picture, now=NOW)[:2] == b"\xff\xd8"
    assert POST in service.excerpt(actor=mads, item=mail, now=NOW)
    list(service.download(actor=mads, item=mail, now=NOW).chunks)
    seen = [(entry.act, entry.actor_name, entry.data["number"]) for entry in queries.custody(case.pk)]
    assert seen[:3] == [
        ("download_evidence", "Mads Madsen", 2),
        ("read_evidence", "Mads Madsen", 2),
        ("preview_evidence", "Mads Madsen", 1),
    ]
    assert journal.verify_chain(people.organisation_id).breaks == ()


def test_a_saved_page_is_never_shown_and_only_its_words_are_read(
    people: Municipality, hand_in: Callable[..., Item]
) -> None:
    page, picture, note = hand_in("html"), hand_in("png"), hand_in("txt")
    with pytest.raises(Refused) as refused:
        service.preview(actor=actor(people.anna), item=page, now=NOW)
    assert code(refused) == "no_preview"
    assert service.excerpt(actor=actor(people.anna), item=page, now=NOW) == POST
    assert service.excerpt(actor=actor(people.anna), item=picture, now=NOW) == ""
    assert POST in service.excerpt(actor=actor(people.anna), item=note, now=NOW)


def test_a_changed_file_is_not_shown_and_the_finding_is_on_record(
    people: Municipality, hand_in: Callable[..., Item], vault_folder: Path
) -> None:
    case = open_case(people)
    item = hand_in("png", case_id=case.pk)
    path = stored(vault_folder)[0]
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    for open_it in (service.preview, lambda **with_: list(service.download(**with_).chunks)):
        with pytest.raises(Refused) as refused:
            open_it(actor=actor(people.mads), item=item, now=NOW)
        assert code(refused) == "damaged"
    acts = [entry.act for entry in queries.custody(case.pk)]
    assert acts == ["evidence_damaged", "download_evidence", "evidence_damaged", "take_in_evidence"]


def test_the_number_of_queries_does_not_grow_with_the_items(people: Municipality, hand_in: Callable[..., Item]) -> None:
    case = open_case(people)
    for kind in ("png", "txt", "pdf"):
        hand_in(kind, case_id=case.pk)
    with CaptureQueriesContext(connection) as seen:
        assert len(queries.items_of_case(case.pk)) == 3
    assert len(seen) == 1


def test_the_sweep_takes_what_no_item_stands_behind_and_says_so(
    people: Municipality, draft: UUID, hand_in: Callable[..., Item], vault_folder: Path
) -> None:
    kept, gone = hand_in("png"), hand_in("txt")
    service.withdraw_from_draft(actor=actor(people.anna), draft_id=draft, item_id=gone.id, now=NOW)
    left = vault_folder / "incoming" / "a-left-over"
    left.write_bytes(b"half")
    assert {Path(one.place).name for one in service.sweep(older_than=None, now=NOW)} == {gone.object, left.name}
    later = gone.added_at + timedelta(days=3650)
    assert service.sweep(older_than=timedelta(days=3650), now=NOW) == [], "too young"
    swept = service.sweep(older_than=timedelta(hours=24), now=later)
    assert {Path(one.place).name for one in swept} == {gone.object, left.name}
    assert [path.name for path in stored(vault_folder)] == [kept.object]
    entry = journal.entries_of("vault", acts=["sweep_evidence"])[0]
    assert sorted(entry.data["places"]) == sorted(one.place for one in swept)  # type: ignore[call-overload]


def test_a_discarded_draft_leaves_its_files_to_the_sweep(
    people: Municipality, draft: UUID, hand_in: Callable[..., Item]
) -> None:
    item = hand_in()
    service.discard_report(actor=actor(people.anna), draft_id=draft, now=NOW)
    vault_object, key = (one.place for one in service.sweep(older_than=None, now=NOW))
    assert (Path(vault_object).name, key) == (item.object, f"key:{people.organisation_id}/{item.key_id}")


def test_the_sweep_command(
    people: Municipality, draft: UUID, hand_in: Callable[..., Item], capsys: pytest.CaptureFixture[str]
) -> None:
    gone = hand_in().id
    service.withdraw_from_draft(actor=actor(people.anna), draft_id=draft, item_id=gone, now=NOW)
    call_command("evidence_sweep")
    assert re.search(r"1 files without an item found, \d+ bytes", capsys.readouterr().out)
    call_command("evidence_sweep", "--older-than", "24h")
    assert "0 files without an item deleted" in capsys.readouterr().out
    with pytest.raises(CommandError, match="age"):
        call_command("evidence_sweep", "--older-than", "10m")


@pytest.mark.django_db(transaction=True)
def test_six_at_once_on_one_case_get_six_numbers() -> None:
    people = a_municipality()
    case = open_case(people)
    start, errors = Barrier(6), []

    def add(kind: str) -> None:
        start.wait()
        try:
            service.take_in(actor=actor(people.mads), upload=upload(*GOOD[kind]), case_id=case.pk, now=NOW)
        except Exception as error:  # shown by the main thread
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=add, args=(kind,)) for kind in ("txt", "pdf", "docx", "eml", "html", "webp")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert [item.number for item in queries.items_of_case(case.pk)] == [1, 2, 3, 4, 5, 6]
    assert journal.verify_chain(people.organisation_id).breaks == ()
