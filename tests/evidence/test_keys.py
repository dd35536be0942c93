"""The keys: one per case below one per organisation; erased, rotated, missing and wrong."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from tests.cases_kit import NOW, adopt, open_case
from tests.evidence.files import GOOD, upload
from tests.people_kit import Municipality, actor
from vaern.cases import service as cases
from vaern.core.refusal import Refused
from vaern.evidence import models, service
from vaern.evidence.facts import Item
from vaern.evidence.vault import KeyProblem, keyring
from vaern.journal import queries as journal

Take = Callable[..., Item]


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def take(people: Municipality) -> Take:
    def take(case_id: UUID, kind: str = "png") -> Item:
        return service.take_in(actor=actor(people.mads), upload=upload(*GOOD[kind]), case_id=case_id, now=NOW)

    return take


def read(people: Municipality, item: Item) -> bytes:
    return b"".join(service.download(actor=actor(people.mads), item=item, now=NOW).chunks)


def readable(people: Municipality, *items: Item) -> bool:
    return all(sha256(read(people, item)).hexdigest() == item.sha256 for item in items)


def test_each_case_has_its_key_and_a_draft_hands_its_on(people: Municipality, take: Take) -> None:
    adopt(people.organisation_id)
    draft = cases.start_report(actor=actor(people.anna), who="me", now=NOW).pk
    first = service.take_in(actor=actor(people.anna), upload=upload(*GOOD["png"]), draft_id=draft, now=NOW)
    given = {"what": "Et opslag med mit navn.", "manager_id": people.mads.pk}
    cases.write_report(actor=actor(people.anna), draft_id=draft, answers=given, now=NOW)
    case = service.send_report(actor=actor(people.anna), draft_id=draft, now=NOW).pk
    second, elsewhere = take(case, "txt"), take(open_case(people).pk)
    assert first.key_id == second.key_id != elsewhere.key_id
    assert models.Key.objects.get(case_id=case).draft_id == draft
    assert readable(people, first, second, elsewhere)


def test_key_files_are_the_owners_only_and_the_standard_tool_opens_everything_by_hand(
    people: Municipality, take: Take, keys: Path, vault_folder: Path, tmp_path: Path
) -> None:
    item = take(open_case(people).pk)
    home = keys / str(people.organisation_id)
    organisation, case = home / "organisation.key", home / "cases" / f"{item.key_id.hex}.age"  # type: ignore[union-attr]
    assert {path.stat().st_mode & 0o777 for path in (organisation, case)} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (keys, home)} == {0o700}
    by_hand = tmp_path / "case.key"
    by_hand.write_bytes(age(organisation, case))
    assert age(by_hand, vault_folder / str(item.organisation_id) / item.object[:2] / item.object) == GOOD["png"][1]


def age(identity: Path, sealed: Path) -> bytes:
    command = ["age", "--decrypt", "--identity", str(identity), str(sealed)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_no_secret_half_is_in_the_database(people: Municipality, take: Take, keys: Path) -> None:
    take(open_case(people).pk)
    kept = str([*models.Key.objects.values(), *models.Keyring.objects.values()])
    assert "age1" in kept
    assert "SECRET" not in kept
    entries = journal.entries_since(people.organisation_id, 0)
    assert "SECRET" not in str(entries)
    assert "create_key" in {entry.act for entry in entries}


def test_a_missing_key_keeps_the_house_from_starting_and_names_organisation_and_file(
    people: Municipality, take: Take, keys: Path
) -> None:
    take(open_case(people).pk)
    assert list(service.key_problems()) == []
    path = keys / str(people.organisation_id) / "organisation.key"
    path.unlink()
    (problem,) = service.key_problems()
    assert problem.startswith("Opdigtet Kommune: ")
    assert str(path) in problem
    with pytest.raises(CommandError, match="Opdigtet Kommune"):
        call_command("evidence_keys")
    assert not path.exists(), "nothing is made where evidence is sealed with another key"


def test_a_wrong_or_damaged_key_is_named(people: Municipality, take: Take, keys: Path) -> None:
    item = take(open_case(people).pk)
    home = keys / str(people.organisation_id)
    (home / "organisation.key").unlink()
    keyring.make(people.organisation_id)
    assert "another key" in next(service.key_problems())
    (home / "organisation.key").write_text("AGE-SECRET-KEY-1RUBBISH\n")
    assert "damaged" in next(service.key_problems())
    (home / "organisation.key").write_text("no key at all\n")
    assert "no age key" in next(service.key_problems())
    with pytest.raises(Refused):
        read(people, item)
    with pytest.raises(Refused):
        take(open_case(people).pk)


def test_no_key_is_made_where_evidence_is_sealed_with_one(people: Municipality, take: Take, keys: Path) -> None:
    take(open_case(people).pk)
    (keys / str(people.organisation_id) / "organisation.key").unlink()
    with pytest.raises(KeyProblem):
        service.create_key(organisation_id=people.organisation_id, now=NOW)
    with pytest.raises(Refused) as refused:
        take(open_case(people).pk, "txt")
    assert refused.value.refusal.code == "not_kept"


def test_the_key_of_one_case_opens_no_other(people: Municipality, take: Take, keys: Path) -> None:
    first, second = take(open_case(people).pk), take(open_case(people).pk)
    cases_ = keys / str(people.organisation_id) / "cases"
    (cases_ / f"{first.key_id.hex}.age").rename(cases_ / f"{second.key_id.hex}.age")  # type: ignore[union-attr]
    for item in (first, second):
        with pytest.raises(Refused) as refused:
            read(people, item)
        assert refused.value.refusal.code == "no_key"


def test_rotation_leaves_everything_readable_and_the_old_key_useless(
    people: Municipality, take: Take, keys: Path, tmp_path: Path
) -> None:
    items = [take(open_case(people).pk) for _ in range(3)]
    home = keys / str(people.organisation_id)
    old = (home / "organisation.key").read_bytes()
    done, aside = service.rotate_key(organisation_id=people.organisation_id, now=NOW)
    assert done == 3
    assert aside is not None
    assert aside.read_bytes() == old
    assert readable(people, *items)
    assert list(service.key_problems()) == []
    for case in (home / "cases").glob("*.age"):
        command = ["age", "--decrypt", "--identity", str(aside), str(case)]
        assert subprocess.run(command, capture_output=True, check=False).returncode != 0
    assert journal.entries_of(f"organisation:{people.organisation_id}", acts=["rotate_key"])[0].data["cases"] == 3
    assert readable(people, take(items[0].case_id, "txt"))  # type: ignore[arg-type]


@pytest.mark.parametrize("moment", ["_write", "retire", "after_some", "rename"])
def test_a_rotation_that_is_broken_off_is_finished_by_the_next(
    people: Municipality, take: Take, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [take(open_case(people).pk) for _ in range(4)]
    with monkeypatch.context() as broken:
        _break(broken, moment)
        with pytest.raises(KeyboardInterrupt):
            service.rotate_key(organisation_id=people.organisation_id, now=NOW)
    assert readable(people, *items), "half-way both keys are there"
    assert list(service.key_problems()) == []
    items.append(take(open_case(people).pk))
    service.rotate_key(organisation_id=people.organisation_id, now=NOW)
    assert readable(people, *items)
    assert list(service.key_problems()) == []
    assert len(keyring.publics(people.organisation_id)) == 1


def _break(patch: pytest.MonkeyPatch, moment: str) -> None:
    """Ends the rotation as a kill would: at its first write, after some cases, before and in the middle of the swap."""
    write, calls = keyring._write, []

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    def some(path: Path, content: bytes) -> None:
        calls.append(path)
        if len(calls) == 3:
            raise KeyboardInterrupt
        write(path, content)

    if moment == "rename":
        rename = Path.rename
        patch.setattr(Path, "rename", lambda path, to: stop() if path.name == keyring.NEXT else rename(path, to))
    else:
        patch.setattr(keyring, moment if moment != "after_some" else "_write", some if moment == "after_some" else stop)
