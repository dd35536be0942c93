"""A case with evidence and a letter on it, taken as far as a test wants."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from tests.cases_kit import NOW, open_case, relations
from tests.people_kit import Municipality, actor
from tests.web.report.kit import a_picture
from vaern.cases.models import Case
from vaern.evidence import service as evidence
from vaern.letters import queries, service
from vaern.letters.facts import Letter
from vaern.letters.models import Version

CLEAN = "Goddag\n\nVil du slette navnene? Du må gerne mene noget om vores arbejde.\n\n- Skriv til os.\n- Ring til os."


def a_case(people: Municipality, *, with_evidence: bool = True) -> Case:
    case = open_case(people)
    if with_evidence:
        evidence.take_in(actor=actor(people.anna), upload=a_picture(), case_id=case.pk, now=NOW)
    case.refresh_from_db()
    return case


def begun(people: Municipality, case: Case, template: str = "to_author") -> Letter:
    return service.draft_letter(actor=actor(people.mads), case_id=case.pk, template=template, now=NOW)


def written(people: Municipality, letter: Letter, **changes: Any) -> Letter:
    words = {"recipient": "Birger Borger", "text": CLEAN, "grounds": "Tre navne og trusler om besøg.", **changes}
    new = replace(letter.written, **words)
    return service.write_letter(
        actor=actor(people.mads), case_id=letter.case_id, letter_id=letter.id, new=new, seen=letter.version, now=NOW
    )


def made(letter: Letter) -> Version:
    """Its files, as a worker makes them."""
    row = Version.objects.get(letter_id=letter.id, number=letter.version)
    service.make_letter(version=row.pk)
    row.refresh_from_db()
    return row


def approved(people: Municipality, letter: Letter, who: Any = None, reason: str = "") -> Letter:
    return service.approve_letter(
        actor=actor(who or people.mads),
        case_id=letter.case_id,
        letter_id=letter.id,
        seen=letter.version,
        reason=reason,
        now=NOW,
    )


def sent(people: Municipality, case: Case, letter: Letter, how: str = "print", **more: Any) -> Letter:
    return service.send_letter(
        actor=actor(people.mads),
        relations=relations(people.mads, case),
        case_id=case.pk,
        letter_id=letter.id,
        how=how,
        now=NOW,
        **more,
    )


def ready(people: Municipality, case: Case, **changes: Any) -> Letter:
    """Written, made and approved."""
    letter = written(people, begun(people, case), **changes)
    made(letter)
    return approved(people, letter)


def again(letter: Letter) -> Letter:
    return queries.letter(letter.case_id, letter.id)


def file_of(kept: UUID | None) -> bytes:
    assert kept is not None
    return b"".join(evidence.kept(kept))
