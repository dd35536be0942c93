"""The files of a letter: PDF/A and PDF/UA, and a Word document that a screen reader reads as what it is."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from tests.letters.kit import a_case, begun, file_of, made, written
from tests.pdf_kit import is_pdf_a
from tests.people_kit import Municipality
from vaern.letters.models import Version

pytestmark = pytest.mark.one_database

TEXT = "Goddag\n\n## Hvad det omfatter\n\nFørste linje,\nog den næste: <b>æøå</b> & mere.\n\n- Et punkt\n- Et til"


@pytest.fixture
def version(people: Municipality) -> Version:
    letter = begun(people, a_case(people))
    return made(written(people, letter, subject="Om navne", text=TEXT, address="Vejen 1\n9460 Brovst"))


def test_the_pdf_is_pdf_a_and_pdf_ua(version: Version, tmp_path: Path) -> None:
    """The structure that ISO 19005-3 level A and ISO 14289-1 ask for, and qpdf finds nothing wrong."""
    data = file_of(version.pdf)
    is_pdf_a(data, tmp_path / "l.pdf", title="Om navne", tags={"/H1", "/H2", "/P", "/L", "/LI"})


def test_nothing_of_who_wrote_it_hides_in_the_pdf(version: Version, people: Municipality) -> None:
    with pikepdf.open(io.BytesIO(file_of(version.pdf))) as pdf:
        hidden = f"{dict(pdf.docinfo)} {pdf.Root.Metadata.read_bytes().decode()}"
    assert people.mads.name not in hidden
    assert people.anna.name not in hidden


def test_the_word_document_has_title_language_headings_and_lists(version: Version, people: Municipality) -> None:
    document = docx.Document(io.BytesIO(file_of(version.docx)))
    about = document.core_properties
    assert (about.title, about.language, about.author, about.last_modified_by) == ("Om navne", "da-DK", "", "")
    styled = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert styled["Om navne"] == "Heading 1"
    assert styled["Hvad det omfatter"] == "Heading 2"
    assert styled["Et punkt"] == "List Bullet"
    assert "Første linje,\nog den næste: <b>æøå</b> & mere." in styled
    said = (
        document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr")).find(qn("w:lang"))
    )
    assert said.get(qn("w:val")) == "da-DK"


def test_a_text_that_was_written_over_is_not_made_any_more(people: Municipality) -> None:
    letter = begun(people, a_case(people))
    written(people, letter)
    assert made(letter).pdf is None
