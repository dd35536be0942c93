"""A program of its own: a letter's pieces as JSON on its input, a Word document on its output.
`python -m vaern.letters.word`

Built from styles and not from looks (a real title, real headings, real lists, the language said), so that a screen
reader reads it as what it is. No author and no company is written into it.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

LANGUAGES = {"da": "da-DK", "en": "en-GB"}


def written(pieces: dict[str, Any]) -> bytes:
    document = docx.Document()
    _prepare(document, pieces)
    _head(document, pieces)
    document.add_heading(pieces["subject"], level=1)
    for block in pieces["blocks"]:
        _block(document, block)
    if pieces.get("enclosures"):
        document.add_heading("Bilag" if pieces["language"] == "da" else "Enclosed", level=2)
        _block(document, {"kind": "list", "lines": pieces["enclosures"]})
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _prepare(document: Any, pieces: dict[str, Any]) -> None:
    language = LANGUAGES.get(pieces["language"], pieces["language"])
    about = document.core_properties
    about.title, about.language = pieces["subject"], language
    about.author = about.last_modified_by = about.comments = ""
    fonts = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts.find(qn("w:lang")).set(qn("w:val"), language)
    normal = document.styles["Normal"].font
    normal.name, normal.size = "Calibri", Pt(11)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)


def _head(document: Any, pieces: dict[str, Any]) -> None:
    for line in (pieces["organisation"], "", pieces["recipient"], *pieces["address"], "", pieces["day"]):
        paragraph = document.add_paragraph(line)
        paragraph.paragraph_format.space_after = Pt(0)


def _block(document: Any, block: dict[str, Any]) -> None:
    if block["kind"] == "heading":
        document.add_heading(block["lines"][0], level=2)
    elif block["kind"] == "list":
        for line in block["lines"]:
            document.add_paragraph(line, style="List Bullet")
    else:
        paragraph = document.add_paragraph()
        for number, line in enumerate(block["lines"]):
            if number:
                paragraph.add_run().add_break()
            paragraph.add_run(line)


def main() -> None:
    sys.stdout.buffer.write(written(json.loads(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
