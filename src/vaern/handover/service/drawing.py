"""A sheet for people and archives: PDF/A, and for a journal system one ZIP with what is to be filed."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from vaern.bundle.service import NotRendered, pdf_of
from vaern.core.digest import digest
from vaern.core.refusal import Refused
from vaern.handover import rules
from vaern.handover.facts import Line, Sheet
from vaern.handover.files import Sender, fields_of
from vaern.letters import service as letters

FORMAT = "vaern-journal-1"
NOTHING = "ikke oplyst"
_DATE = (1980, 1, 1, 0, 0, 0)


def pdf_of_sheet(sheet: Sheet, sender: Sender, organisation: str) -> bytes:
    """PDF/A-3a and PDF/UA, in Danish like the systems it is for. `Refused` when the renderer fails."""
    pieces = {
        "title": f"{sheet.channel.title}: {sheet.channel.takes}",
        "organisation": organisation,
        "case": sender.case,
        "groups": [(title, [(line.field.label, shown(line)) for line in lines]) for title, lines in sheet.groups],
    }
    try:
        return pdf_of(render_to_string("handover/sheet.html", pieces))
    except NotRendered as fault:
        raise Refused(rules.refuse("not_drawn")) from fault


def shown(line: Line) -> str:
    """What stands in a field, as a person reads it: choices as words, days as Danish days, the empty as unknown."""
    if line.field.kind == "choice":
        return next((words for option, words in line.field.choices if option == line.value), NOTHING)
    if line.field.kind == "day" and line.value:
        return f"{date.fromisoformat(line.value):%d.%m.%Y}"
    return line.value or NOTHING


def package_of(sheet: Sheet, sender: Sender, case: Any) -> bytes:
    """What is filed on the personnel case: the sheet and each letter that was approved, as PDF/A, and `metadata.json`,
    which names every file with its title, day and SHA-256."""
    files = {"skema.pdf": ("Skema", "", pdf_of_sheet(sheet, sender, case.organisation.name))}
    for one in letters.approved_files(case.pk):
        files[f"brev-{one.number}.pdf"] = (one.subject, one.day.isoformat(), one.pdf)
    metadata = {
        "format": FORMAT,
        **fields_of(sheet, sender),
        "files": [
            {"name": name, "title": title, "day": day, "sha256": digest(data), "type": "application/pdf"}
            for name, (title, day, data) in files.items()
        ],
    }
    written = json.dumps(metadata, ensure_ascii=False, sort_keys=True, indent=1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in {"metadata.json": written, **{name: data for name, (_, _, data) in files.items()}}.items():
            made.writestr(zipfile.ZipInfo(name, _DATE), data)
    return out.getvalue()
