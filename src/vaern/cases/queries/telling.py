"""For those who tell people: who takes part in a case, which deadlines and silences there are. No words of a case."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vaern.cases.facts import AgreedTalk, Crew, Danger, Deadline, Quiet
from vaern.cases.models import Case, DutyRow, Part
from vaern.cases.queries.crews import Crews
from vaern.cases.queries.one import OPENINGS
from vaern.cases.rules import DANISH
from vaern.journal import queries as journal
from vaern.people.facts import Actor

_WORDS = ("what", "author", "impact", "needs_practical", "needs_psychological", "guideline__content")


def crew_of(case_id: UUID, now: datetime) -> Crew | None:
    """None when there is no such case any more."""
    case = _cases().filter(pk=case_id).first()
    return Crews(now, pk=case_id).of(case) if case else None


def open_crew_of(case_id: UUID, now: datetime) -> Crew | None:
    """The same for a case that is open; None when it is closed."""
    case = _cases().filter(pk=case_id, state="open").first()
    return Crews(now, pk=case_id).of(case) if case else None


def deadlines(organisation_id: int, now: datetime, *, ahead: timedelta) -> Iterator[Deadline]:
    """Duties of open cases that are owed now and due before `now + ahead`, or past."""
    ready = Q(state="owed") | Q(state="waiting", not_before__lte=now)
    rows = DutyRow.objects.filter(
        ready, case__organisation_id=organisation_id, case__state="open", due__lt=now + ahead
    ).order_by("case_id", "due", "pk")
    crews = Crews(now, **_open(organisation_id))
    known = {case.pk: (case.opened_at, crews.of(case)) for case in _cases().filter(pk__in=rows.values("case_id"))}
    for row in rows.prefetch_related("owner_rows"):
        if row.due is not None and row.case_id in known:
            opened_at, crew = known[row.case_id]
            owners = crews.owners(row.case_id, {owner.role for owner in row.owner_rows.all()})
            yield Deadline(row.case_id, row.duty, row.due, opened_at, owners, crew, row.must_close)


def quiet(organisation_id: int, now: datetime) -> Iterator[Quiet]:
    """Open cases whose affected employee has heard nothing for the guideline's or the organisation's days."""
    which = _open(organisation_id, last_heard_at__lte=now - timedelta(days=1))
    crews = Crews(now, **which)
    for case in _cases().filter(**which):
        limit = case.guideline.silence_days or case.organisation.silence_days
        if now - case.last_heard_at >= timedelta(days=limit):
            yield Quiet(case.pk, case.last_heard_at, limit, crews.of(case))


def dangers(organisation_id: int, now: datetime) -> Iterator[Danger]:
    which = _open(organisation_id, in_danger=True)
    crews = Crews(now, **which)
    for case in _cases().filter(**which):
        crew = crews.of(case)
        looked = {one.actor_id for one in journal.entries_of(f"case:{case.pk}", acts=OPENINGS, limit=500)}
        yield Danger(case.pk, case.opened_at, not looked.isdisjoint(crew.handlers | crew.above), crew)


def agreed_talks(organisation_id: int, now: datetime) -> Iterator[AgreedTalk]:
    """Open cases whose next conversation was agreed for today (in Denmark) or a day that is past."""
    which = _open(organisation_id, next_talk_on__lte=now.astimezone(DANISH).date())
    crews = Crews(now, **which)
    for case in _cases().filter(**which):
        if case.next_talk_on is not None:
            yield AgreedTalk(case.pk, case.next_talk_on, crews.of(case))


def labels(case_ids: Collection[UUID]) -> dict[UUID, str]:
    """The numbers people say aloud. One query."""
    rows = Case.objects.filter(pk__in=case_ids).values_list("pk", "year", "number")
    return {pk: f"{year}-{number:04d}" for pk, year, number in rows}


def about(actor: Actor, case_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the cases that are about the actor. One query."""
    own = Part.objects.filter(case_id__in=case_ids, user_id=actor.user_id, role="affected", until__isnull=True)
    return frozenset(own.values_list("case_id", flat=True))


def _open(organisation_id: int, **more: object) -> dict[str, Any]:
    return {"organisation_id": organisation_id, "state": "open", **more}


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related("unit", "organisation", "guideline").defer(*_WORDS)
