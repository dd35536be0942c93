"""The disk is full, for this process: no file can grow beyond so many bytes, as the kernel sees to it."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from pytest_django import Settings

from tests import people_kit
from tests.cases_kit import adopt, report
from tests.letters.kit import begun
from tests.people_kit import Municipality, logged_in
from tests.web.case_kit import at
from tests.web.report.kit import a_picture, begin, saved
from vaern.cases.models import Draft
from vaern.evidence import models, queries
from vaern.journal.models import Entry

WORDS = "Han skriver, at han ved, hvor jeg bor. Æøå og “gåseøjne”."
LINK = "https://example.org/opslag/7"


@pytest.fixture
def town(transactional_db: None, settings: Settings, tmp_path: Path) -> Municipality:
    """With real transactions: a database that has no room ends the one it is in."""
    settings.EVIDENCE, settings.KEYS = tmp_path / "evidence", tmp_path / "keys"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    town = people_kit.a_municipality()
    adopt(town.organisation_id, "albertslund")
    return town


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """`size` bytes for each file; a write beyond is refused by the kernel with "file too large"."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def a_film() -> SimpleUploadedFile:
    """3 MiB: more than is kept in memory while it comes in."""
    return SimpleUploadedFile("film.txt", b"Ord. " * 630_000, "text/plain")


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and "keys" not in path.parts]


def test_a_file_that_has_no_room_costs_no_word_and_no_other_file(town: Municipality, tmp_path: Path) -> None:
    client = logged_in(town.anna)
    draft = begin(client, what=WORDS)
    # The database grows in steps of a page far above this; what is refused is the file of 3 MiB alone.
    room = max(2 * 1024 * 1024, _database() + 1024 * 1024)
    film = SimpleUploadedFile("film.txt", b"Ord. " * (room // 4), "text/plain")
    with room_for(room):
        answer = client.post(
            f"/report/{draft}/evidence/",
            {"files": [film, a_picture("lille.png")], "link": LINK, "platform": "facebook"},
        )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "film.txt” kunne ikke gemmes lige nu" in page
    assert 'aria-invalid="true"' in page, "said beside the field"
    assert LINK in page
    assert (saved(draft)["link"], saved(draft)["platform"]) == (LINK, "facebook"), "read although the file was not"
    assert [item.name for item in queries.items_of_draft(draft)] == ["lille.png"]
    assert len(left(tmp_path)) == 1, "the small picture's object, and nothing half"


def test_nothing_can_be_written_at_all(town: Municipality, tmp_path: Path) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    first = {"what": WORDS, "danger_now": "no"}
    with room_for(0):
        begun = client.post("/report/start/?who=me", first)
        step = client.post(f"/report/{draft}/evidence/", {"files": [a_picture(), a_film()], "link": LINK})
    if connection.vendor == "sqlite":
        # PostgreSQL has its own disk, where there is room for words.
        assert (begun.status_code, step.status_code) == (503, 503)
        assert Draft.objects.count() == 1, "nothing half"
        assert WORDS in begun.content.decode()
        assert "Filerne er ikke gemt" in step.content.decode()
        assert "Det kunne ikke gemmes lige nu" in step.content.decode()
    assert LINK in step.content.decode()
    assert queries.items_of_draft(draft) == []
    assert left(tmp_path) == []
    assert client.post("/report/start/?who=me", first).status_code == 302, "as soon as there is room again"


def test_on_a_case_the_words_stay_and_a_second_try_works(town: Municipality, tmp_path: Path) -> None:
    case = report(town.anna, town.mads)
    client, address = logged_in(town.anna), f"/case/{case.pk}/take_in_evidence/"
    typed = {"note": WORDS, "url": LINK}
    with room_for(0):
        answer = client.post(address, {**typed, "evidence": [a_picture(), a_film()]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "opslag.png” kunne ikke gemmes" in page
    assert "film.txt” kunne ikke gemmes" in page
    assert WORDS in page
    assert LINK in page
    assert not models.Item.objects.exists()
    assert left(tmp_path) == []
    assert client.post(address, {**typed, "evidence": [a_picture(), a_film()]}).status_code == 302
    assert [item.name for item in queries.items_of_case(case.pk)] == ["opslag.png", "film.txt"]
    assert [item.note for item in queries.items_of_case(case.pk)] == [WORDS, WORDS]


FORMS = {
    "write_message": ("mads", "text"),
    "write_note": ("mads", "text"),
    "add_account": ("anna", "text"),
    "say_needs": ("anna", "impact"),
    "note_conversation": ("mads", "text"),
    "fulfil_duty": ("mads", "text"),
    "write_letter": ("mads", "text"),
}


@pytest.mark.one_database  # PostgreSQL has a disk of its own, where there is room for words
@pytest.mark.parametrize("name", FORMS)
def test_no_word_of_any_other_form_is_lost_and_nothing_is_kept_by_half(
    town: Municipality, tmp_path: Path, name: str
) -> None:
    who, field = FORMS[name]
    adopt(town.organisation_id)
    case = report(town.anna, town.mads)
    more: dict[str, object] = {"duty": "listen_and_note"} if name == "fulfil_duty" else {}
    if name == "write_letter":
        more = {"letter": begun(town, case, "tell_head").id}
    client, address = logged_in(getattr(town, who)), at(name, case, **more)
    typed = {field: WORDS, "way": "phone", "times_seen": "0", "seen": "1", "recipient": "Henrik", "subject": "Om sagen"}
    before = Entry.objects.count()
    with room_for(0):
        answer = client.post(address, {**typed, "passphrase": "noget HEMMELIGT"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 503
    assert "Det kunne ikke gemmes lige nu" in page
    assert WORDS in page
    assert "Henrik" in page, "a single word is a word"
    assert "HEMMELIGT" not in page
    assert Entry.objects.count() == before
    assert client.post(address, typed).status_code == 302, "as soon as there is room again"


def _database() -> int:
    """How large the largest file of the database is; 0 where it is none of this process."""
    if connection.vendor != "sqlite":
        return 0
    name = str(connection.settings_dict["NAME"])
    return max(os.path.getsize(path) for path in (name, f"{name}-wal") if os.path.exists(path))
