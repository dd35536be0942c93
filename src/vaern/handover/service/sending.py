"""Asking that a sheet be sent: its exact bytes are sealed first, then a job takes them out of the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vaern.core.refusal import Refused
from vaern.evidence import service as evidence
from vaern.handover import facts, models, queries, rules
from vaern.handover.service.common import case_of, locked, record
from vaern.handover.service.reading import body_of, findings_of, sender_of, sheet_of, way_of
from vaern.jobs import service as jobs
from vaern.letters.service import marks
from vaern.people.facts import Actor


def send_handover(
    *, actor: Actor, case_id: UUID, handover_id: UUID, way: str, reason: str = "", now: datetime
) -> facts.Handover:
    """`Refused` names what is missing and what may not leave. What is let through stays on record, with who and why."""
    case = case_of(actor, case_id)
    queries.handover(case_id, handover_id)
    row = models.Handover.objects.get(pk=handover_id)
    sheet, place = sheet_of(row, case, actor, now), way_of(case, row.channel)
    found = findings_of(actor, case, sheet, now)
    new = set(marks(found)) - set(row.accepted)
    ways = {place["way"]} & set(sheet.channel.ways) if place else set()
    asked = {"way": way, "ways": ways, "found": new, "actor": actor.user_id, "reason": reason}
    # Before a byte is kept, and once more when the row is locked.
    _check(queries.fact(row), sheet, asked, case)
    kept = evidence.keep(
        organisation_id=row.organisation_id, case_id=case_id, what="handover",
        chunks=iter([body_of(sheet, sender_of(row, case), case)]), now=now,
    )  # fmt: skip
    with transaction.atomic():
        last = locked(case_id, handover_id)
        if last.version != row.version:
            raise Refused(rules.refuse("written_meanwhile"))
        _check(queries.fact(last), sheet, asked, case)
        last.state, last.way, last.problem, last.tries, last.sent_by_id = "sending", way, "", 0, actor.user_id
        last.kept, last.sha256 = kept.id, kept.sha256
        if new:
            last.accepted, last.accepted_reason = sorted({*last.accepted, *new}), reason.strip()
        last.save()
        kinds = sorted({one.kind for one in found})
        record(actor, last, "send_handover", now, way=way, sha256=kept.sha256, found=kinds, reason=last.accepted_reason)
        jobs.enqueue("deliver_handover", handover=str(last.pk))
    return queries.fact(last)


def _check(handover: facts.Handover, sheet: facts.Sheet, asked: Mapping[str, object], case: object) -> None:
    open_ = getattr(case, "state", "") == "open"
    if wrong := rules.check_send(handover, sheet, open=open_, **asked):  # type: ignore[arg-type]
        raise Refused(*wrong)
