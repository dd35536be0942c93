"""What the outsider reads. Each reading, and each wrong code, is on record before a word leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils import formats, timezone

from vaern.cases import queries as cases
from vaern.cases.rules import HANDLERS
from vaern.core.refusal import Refused, Unseen
from vaern.core.text import gettext_noop as _
from vaern.letters import queries as letters
from vaern.people import queries as people
from vaern.referral import facts, models, queries, rules
from vaern.referral.facts import Told
from vaern.referral.service.making import record

EVENTS = (("posted", _("Lagt op")), ("discovered", _("Opdaget")), ("reported", _("Meldt")))


def is_open(secret: str, now: datetime) -> bool:
    row = models.Referral.objects.filter(digest=queries.digest_of_secret(secret)).first()
    return row is not None and rules.standing(queries.fact(row), now) == "open"


def read_referral(*, secret: str, code: str, now: datetime) -> tuple[facts.Referral, list[Told]]:
    """`Unseen` for a link that is unknown or has ended; `Refused` for a wrong code, which is counted: after a few the
    link is locked for good."""
    with transaction.atomic():
        row = models.Referral.objects.select_for_update().filter(digest=queries.digest_of_secret(secret)).first()
        if row is None or rules.standing(queries.fact(row), now) != "open":
            raise Unseen("referral")
        right = check_password("".join(code.split()), row.code)
        row.tries = 0 if right else row.tries + 1
        if right:
            row.opened, row.opened_at = row.opened + 1, now
        row.save()
        record(None, row, "open_referral" if right else "fail_referral", now)
    if not right:
        raise Refused(rules.refuse("wrong_code", "code"))
    return queries.fact(row), list(_told(row, now))


def _told(row: models.Referral, now: datetime) -> Iterator[Told]:
    # Who let her in is asked again: a person who is out of the case lets nobody read it.
    actor = people.actor_of(row.made_by, today=timezone.localdate(now))
    case = cases.case_for(actor, row.case_id)
    if case is None or not row.made_by.is_active or cases.relations(actor, case).isdisjoint(HANDLERS):
        raise Unseen("referral")
    if "what" in row.scope:
        yield Told(_("Hvad der er sket"), tuple(_what(case)))
    if "letters" in row.scope:
        yield Told(_("Breve"), tuple(_letters(row)))
    if "decisions" in row.scope:
        yield Told(_("Vurderinger og beslutninger"), tuple(_decisions(case)))


def _what(case: Any) -> Iterator[tuple[str, str]]:
    yield _("Sag"), cases.label(case)
    yield _("Beskrivelse"), case.what
    if case.link:
        yield _("Adresse"), case.link
    if case.author:
        yield _("Hvem har skrevet det?"), case.author
    for event, words in EVENTS:
        if said := case.events.get(event):
            moment = timezone.localtime(datetime.fromisoformat(said))
            yield words, formats.date_format(moment, "DATETIME_FORMAT")


def _letters(row: models.Referral) -> Iterator[tuple[str, str]]:
    for letter in letters.letters_of_case(row.case_id):
        if letter.state in {"sent", "confirmed"}:
            yield letter.written.subject, letter.written.text


def _decisions(case: Any) -> Iterator[tuple[str, str]]:
    composed = cases.plan_of(case, timezone.now()).composed
    for one in cases.fulfilments(case):
        reasons = str(one.fields.get("reasons") or "")
        if reasons:
            yield composed.label(f"duty:{one.duty}"), reasons
