"""The sheet of a handover as it stands, what the leak check finds in it, and the file somebody fetches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from vaern.cases import queries as cases
from vaern.core.refusal import Unseen
from vaern.evidence import service as evidence
from vaern.handover import models, queries, rules
from vaern.handover.facts import Channel, Handover, Sheet
from vaern.handover.files import FILES, Sender, json_of
from vaern.handover.service.common import case_of, channel_of, locked, record
from vaern.handover.service.drawing import package_of, pdf_of_sheet
from vaern.handover.service.known import known_of
from vaern.letters.facts import Finding
from vaern.letters.service import leaks_of
from vaern.people.facts import Actor
from vaern.ways.places import place_of


def sheet_for(*, actor: Actor, case_id: UUID, handover_id: UUID, now: datetime) -> Sheet:
    """What stands on the sheet now. Once it left, `download_handover` gives the bytes that did."""
    row = models.Handover.objects.filter(pk=handover_id, case_id=case_id).first()
    if row is None:
        raise Unseen(str(handover_id))
    return sheet_of(row, case_of(actor, case_id), actor, now)


def sheet_of(row: models.Handover, case: Any, actor: Actor, now: datetime) -> Sheet:
    return rules.sheet_of(channel_of(row), known_of(actor, case, now), row.answers)


def way_of(case: Any, channel: str) -> Mapping[str, str]:
    """The way and place set up for this channel of this organisation; empty: by hand."""
    return place_of(case.organisation.slug, channel)


def findings_of(actor: Actor, case: Any, sheet: Sheet, now: datetime) -> list[Finding]:
    """What would stop the sheet from leaving by itself. The work address is the one address that may stand there."""
    work = {line.value for line in sheet.lines if line.field.id == "work_address"}
    text = "\n".join(line.value for line in sheet.lines if line.field.id != "work_address")
    found = leaks_of(actor=actor, case=case, text=text, addresses=frozenset(work), now=now)
    return [one for one in found if one.kind in rules.HOLDS_BACK]


def sender_of(row: models.Handover, case: Any) -> Sender:
    return Sender(case.organisation.slug, cases.label(case), f"{row.pk}-{row.version}")


def download_handover(*, actor: Actor, case_id: UUID, handover_id: UUID, kind: str, now: datetime) -> tuple[bytes, str]:
    """The sheet as a file, and the file's name. What was sent is given as it was sent. On record before it leaves."""
    case = case_of(actor, case_id)
    found: Handover = queries.handover(case_id, handover_id)
    row = models.Handover.objects.get(pk=handover_id)
    sheet, sender = sheet_of(row, case, actor, now), sender_of(row, case)
    kind = kind if kind in kinds_of(sheet.channel) else "csv"
    # What was typed over by hand was sealed as the sheet alone.
    if row.kept is not None and kind == (sent_as(sheet.channel) if row.way else "json"):
        data = b"".join(evidence.kept(row.kept))
    elif kind == "pdf":
        data = pdf_of_sheet(sheet, sender, case.organisation.name)
    else:
        data = body_of(sheet, sender, case) if kind == "zip" else FILES[kind](sheet, sender)
    with transaction.atomic():
        record(actor, locked(case_id, handover_id), "download_handover", now, kind=kind)
    return data, f"{found.channel}-{found.number}.{kind}"


def kinds_of(channel: Channel) -> tuple[str, ...]:
    """The files a sheet of this channel can be fetched as."""
    return (*FILES, "pdf", "zip") if channel.package else (*FILES, "pdf")


def sent_as(channel: Channel) -> str:
    """What leaves: "json", or "zip" where documents go along."""
    return "zip" if channel.package else "json"


def body_of(sheet: Sheet, sender: Sender, case: Any) -> bytes:
    """The bytes that leave."""
    return package_of(sheet, sender, case) if sheet.channel.package else json_of(sheet, sender)
