"""How long evidence is kept: nothing ends before its time, a hold stops time, and the end is an end in backups too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from tests.cases_kit import NOW, open_case
from tests.evidence.files import GOOD, upload
from tests.people_kit import Municipality, actor
from vaern.cases.models import Case
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import models, queries, service
from vaern.evidence.facts import Said
from vaern.evidence.rules import kept_until, may_erase
from vaern.journal import queries as journal
from vaern.journal.models import Payload
from vaern.people.service import change_organisation

LONG_AFTER = NOW + timedelta(days=6 * 366)


@pytest.fixture
def case(people: Municipality) -> Case:
    made = open_case(people)
    service.take_in(actor=actor(people.mads), upload=upload(*GOOD["png"]), case_id=made.pk, now=NOW)
    return made


def close(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)


def erase(people: Municipality, case: Case, now: datetime = LONG_AFTER) -> int:
    return service.erase_evidence(actor=actor(people.signe), case_id=case.pk, reason="Tiden er gået.", now=now)


@pytest.mark.parametrize(
    ("closed_on", "held", "today", "code"),
    [
        (None, False, date(2040, 1, 1), "case_open"),
        (date(2026, 11, 17), False, date(2031, 11, 16), "kept_until"),
        (date(2026, 11, 17), False, date(2031, 11, 17), "kept_until"),
        (date(2026, 11, 17), False, date(2031, 11, 18), ""),
        (date(2026, 11, 17), True, date(2031, 11, 18), "held"),
        (date(2024, 2, 29), False, date(2029, 2, 28), "kept_until"),
        (date(2024, 2, 29), False, date(2029, 3, 1), ""),
    ],
)
def test_when_the_time_is_over(closed_on: date | None, held: bool, today: date, code: str) -> None:
    refused = may_erase(closed_on, held=held, years=5, today=today)
    assert (refused.code if refused else "") == code


def test_there_is_no_last_day_while_the_case_is_open() -> None:
    assert kept_until(None, 5) is None


def test_nothing_is_erased_before_its_time(people: Municipality, case: Case) -> None:
    for code in ("case_open", "kept_until"):
        with pytest.raises(Refused) as refused:
            erase(people, case, NOW + timedelta(days=1))
        assert refused.value.refusal.code == code
        close(case)
    with pytest.raises(Unseen):
        service.erase_evidence(actor=actor(people.xenia), case_id=case.pk, reason="Nysgerrig.", now=LONG_AFTER)
    assert models.Key.objects.get(case_id=case.pk).erased_at is None


def test_a_hold_stops_time_until_it_is_lifted(people: Municipality, case: Case) -> None:
    close(case)
    signe = actor(people.signe)
    with pytest.raises(Refused):
        service.hold_evidence(actor=signe, case_id=case.pk, reason="  ", now=NOW)
    service.hold_evidence(actor=signe, case_id=case.pk, reason="Retssag er berammet.", now=NOW)
    held = queries.open_hold(case.pk)
    assert held is not None
    assert (held.reason, held.set_by) == ("Retssag er berammet.", people.signe.pk)
    for again in (
        lambda: service.hold_evidence(actor=signe, case_id=case.pk, reason="x", now=NOW),
        lambda: erase(people, case),
    ):
        with pytest.raises(Refused):
            again()
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Key.objects.filter(case_id=case.pk).update(erased_at=NOW)
    service.lift_hold(actor=signe, case_id=case.pk, reason="Dommen er faldet.", now=NOW)
    with pytest.raises(Refused, match="no_reason"):
        service.erase_evidence(actor=signe, case_id=case.pk, reason=" ", now=LONG_AFTER)
    with pytest.raises(Refused):
        service.lift_hold(actor=signe, case_id=case.pk, reason="x", now=NOW)
    assert erase(people, case) == 1
    acts = [
        entry.act
        for entry in journal.entries_of(f"case:{case.pk}", acts=["hold_evidence", "lift_hold", "erase_evidence"])
    ]
    assert sorted(acts) == ["erase_evidence", "hold_evidence", "lift_hold"]
    with pytest.raises(Refused, match="erased"):
        erase(people, case)


def test_what_is_erased_cannot_be_read_from_a_backup_either(
    people: Municipality, case: Case, vault_folder: Path, tmp_path: Path
) -> None:
    copytree(vault_folder, tmp_path / "backup")
    (item,) = queries.items_of_case(case.pk)
    close(case)
    assert erase(people, case) == 1
    assert [path for path in vault_folder.rglob("*") if path.is_file()] == []
    rmtree(vault_folder)
    copytree(tmp_path / "backup", vault_folder)
    models.Key.objects.update(erased_at=None)  # the database of that day, too
    with pytest.raises(Refused) as refused:
        list(service.download(actor=actor(people.mads), item=item, now=LONG_AFTER).chunks)
    assert refused.value.refusal.code == "no_key"


def test_what_is_erased_says_so_and_the_check_is_content(people: Municipality, case: Case) -> None:
    close(case)
    erase(people, case)
    (item,) = queries.items_of_case(case.pk)
    assert item.blurred is None
    with pytest.raises(Refused) as refused:
        service.preview(actor=actor(people.mads), item=item, now=LONG_AFTER)
    assert refused.value.refusal.code == "erased"
    assert service.check_evidence(deep=True, now=datetime.now(UTC)).findings == ()
    assert journal.verify_chain(people.organisation_id).breaks == ()


def test_what_was_made_of_it_and_the_bundles_it_went_out_in_end_too(
    people: Municipality, case: Case, vault_folder: Path
) -> None:
    (item,) = queries.items_of_case(case.pk)
    service.derive_item(item=str(item.id))
    service.keep(organisation_id=case.organisation_id, case_id=case.pk, what="bundle", chunks=iter([b"zip"]), now=NOW)
    assert models.Rendition.objects.exclude(look="").exists()
    close(case)
    erase(people, case)
    assert [path for path in vault_folder.rglob("*") if path.is_file()] == []
    assert not models.Rendition.objects.exclude(look="").exists()
    assert service.check_evidence(deep=True, now=datetime.now(UTC)).findings == ()


SECRETS = ("Peter Petersen", "57.04880", "Hun bor i Skovlunde", "facebook.com/anna", "Berammet i byretten")


def test_no_word_about_it_is_left_in_the_database(people: Municipality) -> None:
    """Names of files, notes, places, what was told and read, and who saw it: gone from the rows and from the journal,
    which still holds. That there was evidence, and its digest, stays."""
    case, mads = open_case(people), actor(people.mads)
    said = Said(url="https://facebook.com/anna/1", thread="Hun bor i Skovlunde")
    item = service.take_in(
        actor=mads, upload=upload("Peter Petersen.eml", GOOD["eml"][1]), case_id=case.pk, note="Hun bor i Skovlunde",
        said=said, now=NOW,
    )  # fmt: skip
    service.take_in(actor=mads, upload=upload("57.04880.png", GOOD["png"][1]), case_id=case.pk, now=NOW)
    service.excerpt(actor=mads, item=item, now=NOW)
    service.hold_evidence(actor=mads, case_id=case.pk, reason="Berammet i byretten", now=NOW)
    service.lift_hold(actor=mads, case_id=case.pk, reason="Berammet i byretten igen", now=NOW)
    close(case)
    assert all(word in everything() for word in SECRETS)
    assert erase(people, case) == 2
    assert [word for word in SECRETS if word in everything()] == []
    (entry,) = journal.entries_of(f"case:{case.pk}", acts=["erase_evidence"])
    assert entry.data["reason"] == "Tiden er gået."
    left = queries.items_of_case(case.pk)
    assert entry.data["items"] == [{"number": one.number, "sha256": one.sha256} for one in left]
    assert service.check_evidence(deep=True, now=datetime.now(UTC)).findings == ()
    assert journal.verify_chain(people.organisation_id).breaks == ()
    assert journal.entries_of(f"case:{case.pk}", acts=["take_in_evidence"])[0].actor_id == people.mads.pk


def everything() -> str:
    """Every row of evidence and of the journal, as text."""
    rows: list[Any] = [models.Item, models.Provenance, models.Hold, models.Rendition, models.Kept, Payload]
    return "\n".join(str(one) for model in rows for one in model.objects.values())


def test_each_employer_has_its_own_number_of_years(people: Municipality, case: Case, settings: Any) -> None:
    settings.EVIDENCE_YEARS = 10
    close(case)
    assert queries.years(people.organisation_id) == 10
    with pytest.raises(Refused, match="kept_until"):
        erase(people, case)
    change_organisation(
        actor=actor(people.adam), organisation_id=people.organisation_id, silence_days=3, evidence_years=5, now=NOW
    )
    assert queries.years(people.organisation_id) == 5
    assert erase(people, case) == 1


def test_the_command_lists_what_is_due_and_erases_in_the_name_of_somebody_who_may(
    people: Municipality, case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("evidence_erase")
    assert capsys.readouterr().out == "0 cases whose evidence may be erased\n"
    close(case)
    with time_machine.travel(LONG_AFTER):
        call_command("evidence_erase")
        assert str(case.pk) in capsys.readouterr().out
        for by in (people.adam.email, people.mads.email, "nobody@kommunen.example"):
            with pytest.raises(CommandError, match="nobody in the secretariat or HR"):
                call_command("evidence_erase", case=case.pk, by=by, reason="Tiden er gået.")
        with pytest.raises(CommandError, match="Skriv hvorfor"):
            call_command("evidence_erase", case=case.pk, by=people.signe.email)
        call_command("evidence_erase", case=case.pk, by=people.signe.email, reason="Tiden er gået.")
        assert "1 pieces of evidence are erased" in capsys.readouterr().out
        call_command("evidence_erase")
    assert capsys.readouterr().out == "0 cases whose evidence may be erased\n"


@pytest.mark.parametrize(
    "change",
    [{"object": "0" * 64}, {"sha256": "0" * 64}, {"size": 1}, {"key": None}, {"organisation_id": 99}],
)
def test_the_database_refuses_to_exchange_evidence(case: Case, change: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Item.objects.filter(case_id=case.pk).update(**change)


def test_the_database_refuses_to_drop_evidence(case: Case) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Item.objects.filter(case_id=case.pk).delete()
