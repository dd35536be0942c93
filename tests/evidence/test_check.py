"""Everything stored, read again: each missing, changed and surplus object is found, and what the journal denies."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from os import utime
from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command

from tests.cases_kit import NOW, open_case
from tests.evidence.files import GOOD, upload
from tests.journal_kit import unlocked
from tests.people_kit import Municipality, actor
from vaern.evidence import models, queries, rules, service
from vaern.evidence.facts import Item, Said
from vaern.evidence.service import checking
from vaern.evidence.vault import Unreachable
from vaern.evidence.vault.files import Files
from vaern.journal import queries as journal
from vaern.journal.models import Payload

KINDS = ("png", "txt", "pdf", "eml", "html")


@pytest.fixture
def items(people: Municipality) -> list[Item]:
    case = open_case(people).pk
    return [
        service.take_in(actor=actor(people.mads), upload=upload(*GOOD[kind]), case_id=case, now=NOW) for kind in KINDS
    ]


def lying(vault_folder: Path, item: Item) -> Path:
    return vault_folder / str(item.organisation_id) / item.object[:2] / item.object


def change(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)


def codes(*, deep: bool = False, resume: bool = False) -> dict[str, str]:
    """Item -> what was found."""
    found = service.check_evidence(deep=deep, resume=resume, now=datetime.now(UTC)).findings
    return {one.item or one.place: one.code for one in found}


def test_what_is_well_is_said_to_be_and_put_on_record(items: list[Item]) -> None:
    for deep in (False, True):
        found = service.check_evidence(deep=deep, now=datetime.now(UTC))
        assert (found.findings, found.items, found.total) == ((), len(KINDS), len(KINDS))
    kept = queries.last_check()
    assert kept is not None
    assert (kept.deep, kept.findings) == (True, ())
    entry = journal.entries_of("vault", acts=["check_evidence"])[0]
    assert (entry.data["items"], entry.data["findings"]) == (len(KINDS), [])


def test_every_kind_of_fault_is_found_and_named(
    items: list[Item], vault_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed, missing, *_ = items
    whole = lying(vault_folder, changed).read_bytes()
    change(lying(vault_folder, changed), whole[:50] + bytes([whole[50] ^ 4]) + whole[51:])
    lying(vault_folder, missing).unlink()
    stranger = vault_folder / "stranger.txt"
    stranger.write_text("nobody knows this")
    an_hour_ago = (datetime.now(UTC) - timedelta(hours=2)).timestamp()
    utime(stranger, (an_hour_ago, an_hour_ago))
    assert codes() == {str(changed.id): "changed", str(missing.id): "missing", "stranger.txt": "surplus"}
    with pytest.raises(SystemExit) as ended:
        call_command("evidence_check")
    assert ended.value.code == 1
    out = capsys.readouterr().out
    assert all(rules.FINDINGS[code] in out for code in ("changed", "missing", "surplus"))


def test_what_the_journal_says_counts_and_not_only_the_row(items: list[Item], vault_folder: Path) -> None:
    """Somebody exchanges the object, and makes the row fit."""
    first, second, third, *_ = items
    with unlocked():
        models.Item.objects.filter(pk=first.id).update(object=second.object, sha256="0" * 64)
        Payload.objects.filter(data__item=str(third.id)).delete()
    found = codes()
    assert (found[str(first.id)], found[str(third.id)]) == ("journal", "unsaid")


def test_what_is_known_of_an_item_is_compared_with_what_was_put_on_record(
    people: Municipality, items: list[Item]
) -> None:
    """Each half, who told, when, a version that is gone and one too many."""
    item = items[0]
    assert item.case_id is not None
    told = {"actor": actor(people.mads), "case_id": item.case_id, "item_id": item.id, "now": NOW}
    service.describe_evidence(said=Said(url="https://example.org/1"), seen=1, **told)
    service.describe_evidence(said=Said(url="https://example.org/2"), seen=2, **told)
    assert codes() == {}
    rows = models.Provenance.objects.filter(item_id=item.id)
    changes: list[dict[str, object]] = [
        {"said": asdict(Said(url="https://example.org/3"))},
        {"found": {"subject": "noget andet"}},
        {"found": {"shares": 1.5}},
        {"by": None},
        {"at": NOW + timedelta(seconds=1)},
        {"version": 4},
    ]
    for version in (1, 2, 3):
        for change in changes[: 6 if version == 3 else 3]:
            whole = rows.get(version=version)
            rows.filter(pk=whole.pk).update(**change)
            assert codes() == {str(item.id): "provenance"}, change
            whole.save()
    assert codes() == {}
    rows.filter(version=2).delete()
    assert codes() == {str(item.id): "provenance"}


def test_a_lost_case_key_is_named_and_an_exchanged_one_is_found_by_the_deep_check(
    people: Municipality, items: list[Item], tmp_path: Path
) -> None:
    folder = tmp_path / "keys" / str(people.organisation_id) / "cases"
    assert items[0].key_id is not None
    key = folder / f"{items[0].key_id.hex}.age"
    key.rename(tmp_path / "lost")
    assert codes() == {f"{people.organisation_id}/cases/{key.name}": "no_key"}
    other = service.take_in(
        actor=actor(people.mads), upload=upload(*GOOD["png"]), case_id=open_case(people).pk, now=NOW
    )
    assert other.key_id is not None
    key.write_bytes((folder / f"{other.key_id.hex}.age").read_bytes())
    assert codes() == {}
    assert set(codes(deep=True).values()) == {"key"}


def test_broken_off_it_goes_on_where_it_was(
    items: list[Item], vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "BATCH", 2)
    first = min(items, key=lambda item: str(item.id))
    lying(vault_folder, first).unlink()
    read: list[str] = []

    def killed(check: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        service.check_evidence(now=datetime.now(UTC), progress=killed)
    assert queries.last_check() is None, "half a check is no check"
    real = Files.read
    monkeypatch.setattr(Files, "read", lambda self, place: (read.append(place), real(self, place))[1])
    assert codes(resume=True) == {str(first.id): "missing"}
    assert len(read) == len(items) - 2
    assert models.Check.objects.get().items == len(items)


def test_a_store_that_does_not_answer_is_no_finding(items: list[Item], monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_: object) -> None:
        raise Unreachable("the store does not answer")

    monkeypatch.setattr(Files, "read", silent)
    with pytest.raises(Unreachable):
        codes()
    assert queries.last_check() is None


@pytest.mark.parametrize("seed", range(4))
def test_single_changed_bytes_are_all_found(items: list[Item], vault_folder: Path, seed: int) -> None:
    """A sample; `./run bench mutate` changes ten thousand."""
    dice = Random(seed)
    for _ in range(5):
        before = {item.id: lying(vault_folder, item).read_bytes() for item in items}
        for item in items:
            content = bytearray(before[item.id])
            content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
            change(lying(vault_folder, item), bytes(content))
        assert codes() == {str(item.id): "changed" for item in items}
        for item in items:
            change(lying(vault_folder, item), before[item.id])
    assert codes() == {}


@pytest.mark.parametrize(
    ("said", "excused", "code"),
    [
        ([{"sha256": "a", "object": "b"}], False, ""),
        ([{"sha256": "x", "object": "b"}], False, "journal"),
        ([{"sha256": "a", "object": "b"}, {"sha256": "a", "object": "x"}], False, "journal"),
        ([], False, "unsaid"),
        ([], True, ""),
    ],
)
def test_what_entries_say_against_a_row(said: list[dict[str, object]], excused: bool, code: str) -> None:
    assert rules.disagreement("a", "b", said, excused=excused) == code


def test_the_job_says_nothing_of_a_case(items: list[Item]) -> None:
    checking.check_all()
    kept = str(models.Check.objects.values())
    assert all(item.name not in kept for item in items)
