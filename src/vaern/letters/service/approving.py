"""Approving exactly one version of a letter, after a look for what must not leave; and taking that back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from vaern.core.refusal import Refused
from vaern.letters import facts, leaks, queries, rules
from vaern.letters.facts import Finding
from vaern.letters.service.common import case_of, locked, record, standing_of
from vaern.letters.service.enclosing import enclosed, hidden_words, places
from vaern.letters.service.known import known_anyhow, known_of
from vaern.people.facts import Actor


def findings_of(*, actor: Actor, case_id: UUID, letter_id: UUID, now: datetime) -> list[Finding]:
    """What the leak check finds in the newest text and what is enclosed, by what the case knows now."""
    letter = queries.letter(case_id, letter_id)
    known = known_of(actor, case_of(actor, case_id), letter, now)
    items = enclosed(case_id, letter.written)
    return leaks.find(
        letter.written.text, known, subject=letter.written.subject, metadata=hidden_words(items), places=places(items)
    )


def leaks_of(*, actor: Actor, case: Any, text: str, addresses: frozenset[str], now: datetime) -> list[Finding]:
    """The same look at a text that is no letter. `addresses` may stand in it."""
    return leaks.find(text, known_anyhow(actor, case, text, addresses, now))


def approve_letter(
    *, actor: Actor, case_id: UUID, letter_id: UUID, seen: int, reason: str, now: datetime
) -> facts.Letter:
    """Approves the bytes of the version on the page. What was found and let through stays on record, with who and why;
    the entry holds the digests of the files."""
    case = case_of(actor, case_id)
    # Read before the row is locked: covered words come from the vault, and no file is read inside a transaction. Were
    # the text changed in between, `seen` would not fit any more.
    findings = findings_of(actor=actor, case_id=case_id, letter_id=letter_id, now=now)
    with transaction.atomic():
        last = locked(case_id, letter_id)
        made, letter = queries.version(last), queries.fact(last)
        today = timezone.localdate(now)
        if wrong := rules.check_approve(
            letter,
            made,
            standing_of(case, letter.to),
            findings,
            actor=actor.user_id,
            seen=seen,
            reason=reason,
            today=today,
        ):
            raise Refused(*wrong)
        row = last.letter
        row.state, row.approved_by_id, row.approved_at, row.approved_version = (
            "approved",
            actor.user_id,
            now,
            row.version,
        )
        row.accepted, row.accepted_reason = list(leaks.marks(findings)), reason.strip() if findings else ""
        row.save()
        record(
            actor, row, "approve_letter", now, pdf=made.pdf_sha256, docx=made.docx_sha256,
            enclosed=list(letter.written.enclosures), found=sorted({one.kind for one in findings}),
            reason=row.accepted_reason,
        )  # fmt: skip
    return queries.letter(case_id, letter_id)


def reopen_letter(*, actor: Actor, case_id: UUID, letter_id: UUID, now: datetime) -> facts.Letter:
    """Takes the approval back, so that the letter can be written again. Nothing that was sent comes back."""
    with transaction.atomic():
        last = locked(case_id, letter_id)
        if wrong := rules.check_reopen(queries.fact(last)):
            raise Refused(*wrong)
        row = last.letter
        row.state, row.approved_by, row.approved_at, row.approved_version = "draft", None, None, None
        row.accepted, row.accepted_reason, row.sent_how, row.mail_problem, row.message_id = [], "", "", "", ""
        row.post, row.post_sha256 = None, ""
        row.save()
        record(actor, row, "reopen_letter", now)
    return queries.letter(case_id, letter_id)
