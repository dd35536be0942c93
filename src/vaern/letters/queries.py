"""Reads of letters. Whoever calls has been let in to the case; a letter that is not on it is `Unseen`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from vaern.core.refusal import Unseen
from vaern.letters import facts, models
from vaern.letters.rules import BY_WORKER
from vaern.ways.facts import Waiting

_COLUMNS = tuple(
    name for name in facts.Letter.__dataclass_fields__ if name not in {"written", "written_by", "written_at"}
)
_WRITTEN = tuple(facts.Written.__dataclass_fields__)


def letters_of_case(case_id: UUID, *, limit: int = 100) -> list[facts.Letter]:
    """The newest first. One query."""
    current = models.Version.objects.filter(letter__case_id=case_id, number=F("letter__version"))
    return _facts(current.select_related("letter").order_by("-letter__number")[:limit])


def waiting(organisation_id: int) -> Waiting:
    """Letters that were asked to leave and have not. One query."""
    rows = models.Letter.objects.filter(
        organisation_id=organisation_id, state="approved", sent_how__in=BY_WORKER
    ).exclude(message_id="")
    problems = list(rows.order_by("approved_at").values_list("mail_problem", flat=True))
    return Waiting(len(problems), next((one for one in reversed(problems) if one), ""))


def letter(case_id: UUID, letter_id: UUID) -> facts.Letter:
    return fact(current(case_id, letter_id))


def current(case_id: UUID, letter_id: UUID) -> models.Version:
    """The newest text of a letter, with the letter."""
    found = models.Version.objects.filter(letter_id=letter_id, letter__case_id=case_id, number=F("letter__version"))
    row = found.select_related("letter").first()
    if row is None:
        raise Unseen(str(letter_id))
    return row


def fact(row: models.Version) -> facts.Letter:
    about: dict[str, Any] = {name: getattr(row.letter, _column(name)) for name in _COLUMNS}
    about["accepted"] = tuple(about["accepted"])
    return facts.Letter(**about, written=written(row), written_by=row.written_by_id, written_at=row.written_at)


def written(row: models.Version) -> facts.Written:
    about = {name: getattr(row, name) for name in _WRITTEN}
    return facts.Written(**{**about, "enclosures": tuple(row.enclosures)})


def version(row: models.Version) -> facts.Version:
    return facts.Version(row.number, row.pdf_sha256, row.docx_sha256, row.problem)


def _column(name: str) -> str:
    return f"{name}_id" if name in {"approved_by", "sent_by"} else name


def _facts(rows: Iterable[models.Version]) -> list[facts.Letter]:
    return [fact(row) for row in rows]


def unanswered(organisation_id: int, today: date) -> list[facts.Unanswered]:
    """Letters that were sent, asked for an answer by a day before `today`, and of which nobody has said that they were
    answered or came back. One query."""
    rows = models.Version.objects.filter(
        letter__organisation_id=organisation_id, letter__state__in=["sent", "confirmed"], answer_by__lt=today,
        number=F("letter__approved_version"),
    ).exclude(letter__confirmed_as__in=["answered", "returned"])  # fmt: skip
    found = rows.values_list("letter_id", "letter__case_id", "answer_by").order_by("letter_id")
    return [facts.Unanswered(letter, case, day) for letter, case, day in found if day is not None]
