"""Making the files of a letter, in a worker: PDF and Word of the same pieces, kept under the case's key."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.template.loader import render_to_string
from django.utils import formats, timezone, translation

from vaern.bundle.service import NotRendered, pdf_of
from vaern.core.bare import environment
from vaern.core.refusal import Refused
from vaern.evidence import service as evidence
from vaern.jobs import service as jobs
from vaern.letters import models, queries, rules
from vaern.letters.service.enclosing import enclosed
from vaern.people import queries as people

TRIES = 5
SECONDS = 60
LATE = timedelta(minutes=3)


def make_letters() -> None:
    """The scheduled one: asks again for what is the newest text of a draft and has no files."""
    unmade = models.Version.objects.filter(
        number=F("letter__version"),
        letter__state="draft",
        pdf=None,
        tries__lt=TRIES,
        written_at__lt=timezone.now() - LATE,
    )
    for version in unmade.values_list("pk", flat=True)[:200]:
        jobs.enqueue("make_letter", version=version)


def make_letter(version: int) -> None:
    """Makes the files of one text, unless they are there or a newer text has come. Twice does no harm: the first that
    is kept counts."""
    row = models.Version.objects.select_related("letter").filter(pk=version, pdf=None).first()
    if row is None or row.number != row.letter.version:
        return
    models.Version.objects.filter(pk=version).update(tries=F("tries") + 1)
    try:
        pieces = pieces_of(row)
        pdf, docx = pdf_of(_page(pieces)), _word(pieces)
        _keep(row, pdf, docx)
    except (NotRendered, Refused) as why:
        models.Version.objects.filter(pk=version).update(problem=type(why).__name__)


def pieces_of(row: models.Version) -> dict[str, Any]:
    """A letter as plain data, for both programs."""
    letter = row.letter
    facts = people.organisation(letter.organisation_id)
    with translation.override(letter.language):
        day = formats.date_format(timezone.localdate(row.written_at), "j. F Y" if letter.language == "da" else "j F Y")
    return {
        "language": letter.language,
        "organisation": facts.name if facts else "",
        "recipient": row.recipient,
        "address": row.address.splitlines(),
        "day": day,
        "subject": row.subject,
        "enclosures": [
            f"{number}: {one.name}"
            for number, one in enumerate(enclosed(letter.case_id, queries.written(row)), start=1)
        ],
        "blocks": [asdict(one) for one in rules.blocks(row.text)],
    }


def _page(pieces: dict[str, Any]) -> str:
    return render_to_string("letters/letter.html", pieces)


def _word(pieces: dict[str, Any]) -> bytes:
    """A program of its own, as with the PDF: its memory never becomes part of a worker."""
    command = [sys.executable, "-m", "vaern.letters.word"]
    try:
        done = subprocess.run(
            command, input=json.dumps(pieces).encode(), capture_output=True, timeout=SECONDS, env=environment()
        )
    except (OSError, subprocess.TimeoutExpired) as why:
        raise NotRendered(type(why).__name__) from None
    if done.returncode or not done.stdout.startswith(b"PK"):
        raise NotRendered("docx")
    return done.stdout


def _keep(row: models.Version, pdf: bytes, docx: bytes) -> None:
    letter, now = row.letter, timezone.now()
    kept = [
        evidence.keep(
            organisation_id=letter.organisation_id, case_id=letter.case_id, what=what, chunks=iter([data]), now=now
        )
        for what, data in (("letter.pdf", pdf), ("letter.docx", docx))
    ]
    models.Version.objects.filter(pk=row.pk, pdf=None).update(
        pdf=kept[0].id, pdf_sha256=kept[0].sha256, docx=kept[1].id, docx_sha256=kept[1].sha256, problem=""
    )
