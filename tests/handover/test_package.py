"""What is filed in a journal system: PDF/A files and the metadata that names them; and any sheet as PDF/A."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cases_kit import NOW
from tests.handover.kit import asked, begun, filled
from tests.letters.kit import a_case, file_of, ready
from tests.pdf_kit import is_pdf_a
from tests.people_kit import Municipality, actor
from vaern.bundle.service import NotRendered
from vaern.core.digest import digest
from vaern.core.refusal import Refused
from vaern.handover import service
from vaern.handover.facts import Handover
from vaern.handover.models import Handover as Row
from vaern.handover.service import drawing
from vaern.journal import queries as journal
from vaern.letters.models import Version

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def fetched(people: Municipality, handover: Handover, kind: str) -> tuple[bytes, str]:
    return service.download_handover(
        actor=actor(people.mads), case_id=handover.case_id, handover_id=handover.id, kind=kind, now=NOW
    )


def test_the_package_names_every_file_by_its_digest_and_they_are_pdf_a(people: Municipality, tmp_path: Path) -> None:
    case = a_case(people)
    letter = ready(people, case)
    handover = filled(people, begun(people, case, "esdh"), title="Personalesag", filed_on="2026-11-17")
    data, name = fetched(people, handover, "zip")
    assert name == f"esdh-{handover.number}.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        metadata = json.loads(package.read("metadata.json"))
        assert (metadata["format"], metadata["fields"]["title"]) == ("vaern-journal-1", "Personalesag")
        files = {one["name"]: one for one in metadata["files"]}
        assert {*package.namelist()} == {"metadata.json", *files} == {"metadata.json", "skema.pdf", "brev-1.pdf"}
        for one in files:
            assert digest(package.read(one)) == files[one]["sha256"]
        sheet = {"title": "Journalsystemet (ESDH): Journalisering på personalesagen", "tags": {"/H1", "/Table", "/TH"}}
        is_pdf_a(package.read("skema.pdf"), tmp_path / "skema.pdf", **sheet)  # type: ignore[arg-type]
        is_pdf_a(package.read("brev-1.pdf"), tmp_path / "brev-1.pdf", title=letter.written.subject, tags={"/H1", "/P"})
        assert files["brev-1.pdf"]["title"] == letter.written.subject
        row = Version.objects.get(letter_id=letter.id, number=letter.version)
        assert package.read("brev-1.pdf") == file_of(row.pdf), "the very bytes that were approved"
    text = subprocess.run(["pdftotext", str(tmp_path / "skema.pdf"), "-"], check=True, capture_output=True, text=True)
    assert "Journalsystemet (ESDH)" in text.stdout
    assert "17.11.2026" in text.stdout


def test_what_was_sent_is_what_is_fetched_afterwards(people: Municipality, settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "esdh"
    folder.mkdir()
    settings.HANDOVER = {"esdh": {"way": "drop", "folder": str(folder)}}
    case = a_case(people)
    ready(people, case)
    handover = filled(people, begun(people, case, "esdh"))
    asked(people, handover, "drop")
    service.deliver_handover(handover=str(handover.id))
    (arrived,) = folder.iterdir()
    assert arrived.suffix == ".zip"
    row = Row.objects.get(pk=handover.id)
    assert digest(arrived.read_bytes()) == row.sha256
    assert fetched(people, handover, "zip")[0] == arrived.read_bytes()
    entry = journal.entries_of(f"case:{case.pk}", acts=["download_handover"], limit=1)[0]
    assert entry.data["kind"] == "zip"


def test_every_sheet_is_there_as_a_pdf_and_only_the_journal_system_gets_the_letters(people: Municipality) -> None:
    case = a_case(people)
    handover = begun(people, case, "safetynet", "register_incident")
    data, name = fetched(people, handover, "pdf")
    assert (data[:5], name.rpartition(".")[2]) == (b"%PDF-", "pdf")
    assert fetched(people, handover, "zip")[1].endswith(".csv"), "there is no such file of this sheet"


def test_a_renderer_that_fails_is_said(people: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(page: str) -> bytes:
        raise NotRendered("OSError")

    monkeypatch.setattr(drawing, "pdf_of", broken)
    handover = begun(people, a_case(people), "esdh")
    with pytest.raises(Refused) as raised:
        fetched(people, handover, "pdf")
    assert raised.value.refusal.code == "not_drawn"
