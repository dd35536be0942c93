"""A handover taken as far as a test wants."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.cases_kit import NOW
from tests.people_kit import Municipality, actor
from vaern.cases.models import Case
from vaern.evidence import service as evidence
from vaern.handover import queries, service
from vaern.handover.facts import Handover
from vaern.people.models import User

WORDS = {"day": "2026-11-16", "line": "Det korte svar", "text": "Det lange svar.\nPå to linjer."}


def begun(people: Municipality, case: Case, channel: str, duty: str = "", who: User | None = None) -> Handover:
    return service.start_handover(actor=actor(who or people.mads), case_id=case.pk, channel=channel, duty=duty, now=NOW)


def filled(people: Municipality, handover: Handover, who: User | None = None, **answers: str) -> Handover:
    """Everything the sheet asks for, unless `answers` says otherwise."""
    sheet = service.sheet_for(actor=actor(people.mads), case_id=handover.case_id, handover_id=handover.id, now=NOW)
    words = {
        one.field.id: one.value or (one.field.choices[0][0] if one.field.choices else WORDS[one.field.kind])
        for one in sheet.lines
    }
    return service.fill_handover(
        actor=actor(who or people.mads), case_id=handover.case_id, handover_id=handover.id,
        answers={**words, **answers}, seen=handover.version, now=NOW,
    )  # fmt: skip


def confirmed(people: Municipality, handover: Handover, reference: str = "SN-17", **more: Any) -> Handover:
    return service.confirm_handover(
        actor=actor(people.mads), case_id=handover.case_id, handover_id=handover.id, reference=reference,
        **{"now": NOW, **more},
    )  # fmt: skip


def asked(people: Municipality, handover: Handover, way: str, who: User | None = None, reason: str = "") -> Handover:
    return service.send_handover(
        actor=actor(who or people.mads), case_id=handover.case_id, handover_id=handover.id, way=way, reason=reason,
        now=NOW,
    )  # fmt: skip


def again(handover: Handover) -> Handover:
    return queries.handover(handover.case_id, handover.id)


def bytes_of(kept: UUID | None) -> bytes:
    assert kept is not None
    return b"".join(evidence.kept(kept))
