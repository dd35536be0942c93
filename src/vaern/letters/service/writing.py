"""Beginning a letter and writing in it. Each text that is kept is a version of its own; the one before it stays."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from vaern.cases import queries as cases
from vaern.core.digest import digest_of
from vaern.core.refusal import Refused
from vaern.guideline.pack import Letter as Template
from vaern.jobs import service as jobs
from vaern.letters import facts, models, queries, rules
from vaern.letters.facts import Written
from vaern.letters.service.common import case_of, locked, record, standing_of
from vaern.people.facts import Actor


def draft_letter(*, actor: Actor, case_id: UUID, template: str, now: datetime) -> facts.Letter:
    """Begins a letter with the guideline's text and what the case knows. `Refused` before there is evidence, when it is
    to whoever wrote the post."""
    case = case_of(actor, case_id)
    composed = cases.plan_of(case, now).composed
    found = rules.template_of(composed, template)
    if found is None:
        raise Refused(rules.refuse("no_template", "template"))
    if wrong := rules.check_begin(found.to, standing_of(case, found.to)):
        raise Refused(*wrong)
    with transaction.atomic():
        row = models.Letter(organisation_id=actor.home, case_id=case_id, template=found.id, language=found.language)
        row.to, row.second_person, row.duty = found.to, found.second_person, rules.duty_of(composed, found)
        # The entry first: it holds the end of the organisation's chain, so that two at once get two numbers.
        new = first_words(actor, case, found, now)
        record(actor, row, "draft_letter", now, words=_digest(new))
        row.number = (models.Letter.objects.filter(case_id=case_id).aggregate(last=Max("number"))["last"] or 0) + 1
        row.save(force_insert=True)
        version = _version(row, new, actor, now)
    return queries.fact(version)


def write_letter(
    *, actor: Actor, case_id: UUID, letter_id: UUID, new: Written, seen: int, now: datetime
) -> facts.Letter:
    """Keeps a draft as it was typed, as a whole. `seen`: the version that was on the page. The same words again add
    nothing; other words need to be approved anew, so an approved letter is refused."""
    case = case_of(actor, case_id)
    with transaction.atomic():
        last = locked(case_id, letter_id)
        if wrong := rules.check_written(queries.fact(last), new, seen, standing_of(case, "")):
            raise Refused(*wrong)
        if queries.written(last) == new:
            return queries.fact(last)
        letter = last.letter
        letter.version += 1
        letter.save(update_fields=["version"])
        version = _version(letter, new, actor, now)
        record(actor, letter, "write_letter", now, words=_digest(new))
    return queries.fact(version)


def first_words(actor: Actor, case: Any, template: Template, now: datetime) -> Written:
    """What a letter begins with."""
    today = timezone.localdate(now)
    fields = {
        "sender": actor.name,
        "department": case.unit.name,
        "organisation": case.organisation.name,
        "case_number": cases.label(case),
        "today": f"{today.day}.{today.month}.{today.year}",
        "posted_on": _day(case.events.get("posted", "")),
    }
    return rules.begins_with(template, fields, standing_of(case, template.to).agreed)


def _day(moment: str) -> str:
    if not moment:
        return ""
    day = timezone.localdate(datetime.fromisoformat(moment))
    return f"{day.day}.{day.month}.{day.year}"


def _version(letter: models.Letter, new: Written, actor: Actor, now: datetime) -> models.Version:
    made = models.Version.objects.create(
        letter=letter, number=letter.version, written_by_id=actor.user_id, written_at=now, **asdict(new)
    )
    jobs.enqueue("make_letter", version=made.pk)
    return made


def _digest(new: Written) -> str:
    about = {**asdict(new), "answer_by": new.answer_by.isoformat() if new.answer_by else ""}
    # What encloses nothing has the digest it had before anything could be enclosed.
    del about["enclosures"]
    return digest_of(about | ({"enclosures": list(new.enclosures)} if new.enclosures else {}))
