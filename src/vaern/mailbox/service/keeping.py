"""Taking in one mail: the message as it came is the evidence, what was attached is derived from it."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from vaern.cases import queries as cases
from vaern.cases import service as reports
from vaern.core.digest import digest
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import queries as items
from vaern.evidence import service as evidence
from vaern.evidence.facts import Item, Made
from vaern.journal import service as journal
from vaern.mailbox import models, reading, rules
from vaern.mailbox.facts import Attachment, Head, Outcome
from vaern.people.doors import may
from vaern.people.facts import Actor

_THERE = "already_here"


def keep(actor: Actor, head: Head, data: bytes, now: datetime) -> Outcome:
    """Safe to be called again for the same mail: it goes on where it was broken off, or does nothing."""
    key = reading.key_of(head, data)
    if evidence.judge(_upload(Attachment("mail.eml", data))) is not None:
        models.Letter.objects.get_or_create(key=key, defaults={"outcome": "refused", "at": now})
        return "refused"
    letter = _begin(actor, head, key, now)
    if letter.outcome == "begun":
        letter.outcome = _take_in(actor, letter, head, data, now)
        letter.save(update_fields=["outcome"])
    return cast(Outcome, letter.outcome)


def _begin(actor: Actor, head: Head, key: str, now: datetime) -> models.Letter:
    """The row, and with it the draft if the mail gets one: both or neither."""
    with transaction.atomic():
        letter, new = models.Letter.objects.get_or_create(
            key=key, defaults={"outcome": "begun", "at": now, "user_id": actor.user_id}
        )
        if not new:
            return letter
        letter.case_id = _case(actor, head)
        if letter.case_id is None and reports_waiting(actor) >= rules.DRAFTS_MAX:
            letter.outcome = "too_many"
        elif letter.case_id is None:
            letter.draft_id = reports.start_report(actor=actor, who="me", came_by="mail", now=now).pk
        letter.save()
        if letter.outcome == "begun":
            _record(actor, letter, head, now)
    return letter


def _case(actor: Actor, head: Head) -> UUID | None:
    """A case the subject names, the sender has a part in, and may put evidence on. Only when the sender is believed:
    anybody can write her address, and a case's number is no secret."""
    if not head.believed:
        return None
    found = [cases.open_case_by_number(actor, year, number) for year, number in rules.case_numbers(head.subject)]
    allowed = [one for one in found if one and may("take_in_evidence", cases.relations(actor, one))]
    return allowed[0].pk if len(allowed) == 1 else None


def reports_waiting(actor: Actor) -> int:
    """Drafts by mail that she has neither sent nor thrown away."""
    return sum(draft.data.get("came_by") == "mail" for draft in cases.drafts_of(actor, limit=200))


def _take_in(actor: Actor, letter: models.Letter, head: Head, data: bytes, now: datetime) -> Outcome:
    attached, unread = reading.attachments(data)
    refused = [one.name for one in attached if evidence.judge(_upload(one)) is not None]
    taken = [one for one in attached if one.name not in refused]
    names = ", ".join(f"“{name}”" for name in [*unread, *refused])
    note = rules.NOT_TAKEN % {"names": names} if names else ""
    how = {"believed": head.believed, "not_taken": [*unread, *refused]}
    try:
        mail = _put(actor, letter, Attachment("mail.eml", data), Made("mail", how), note[:1000], now)
        for one in taken:
            _put(actor, letter, one, Made("attachment", {}, derived_from=mail.id), "", now)
    except Unseen:
        return "gone"
    except Refused as error:
        if error.refusal.code == "not_kept":
            raise
        return "gone" if error.refusal.code in {"already_sent", "case_closed"} else "refused"
    return "kept"


def _put(actor: Actor, letter: models.Letter, one: Attachment, made: Made, note: str, now: datetime) -> Item:
    try:
        return evidence.take_in(
            actor=actor, upload=_upload(one), draft_id=letter.draft_id, case_id=letter.case_id, note=note, made=made,
            now=now,
        )  # fmt: skip
    except Refused as refused:
        there = _there(letter, one) if refused.refusal.code == _THERE else None
        if there is None:
            raise
        return there


def _there(letter: models.Letter, one: Attachment) -> Item | None:
    """The same bytes on the same draft or case: this mail was broken off here, or two attachments are alike."""
    sha256 = digest(one.data)
    if letter.case_id is not None:
        return items.duplicate(letter.case_id, sha256)
    found = items.items_of_draft(letter.draft_id) if letter.draft_id else []
    return next((item for item in found if item.sha256 == sha256), None)


def _upload(one: Attachment) -> ContentFile[bytes]:
    return ContentFile(one.data, name=one.name)


def _record(actor: Actor, letter: models.Letter, head: Head, now: datetime) -> None:
    journal.record(
        organisation_id=actor.home,
        act="receive_mail",
        actor_id=actor.user_id,
        actor_name=actor.name,
        subject=f"case:{letter.case_id}" if letter.case_id else f"draft:{letter.draft_id}",
        payload={"believed": head.believed},
        now=now,
    )
