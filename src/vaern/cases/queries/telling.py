"""For those who tell people: who takes part in a case, which deadlines and silences there are. No words of a case."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from vaern.cases.facts import AgreedTalk, Crew, Danger, Deadline, Quiet
from vaern.cases.models import Case, DutyRow, Part
from vaern.cases.queries.one import OPENINGS
from vaern.cases.rules import DANISH, HANDLERS
from vaern.journal import queries as journal
from vaern.people import queries as people
from vaern.people.facts import Actor

_WORDS = ("what", "author", "impact", "needs_practical", "needs_psychological", "guideline__content")


def crew_of(case_id: UUID, now: datetime) -> Crew | None:
    """None when there is no such case any more."""
    case = _cases().filter(pk=case_id).first()
    return _crew(case, now) if case else None


def open_crew_of(case_id: UUID, now: datetime) -> Crew | None:
    """The same for a case that is open; None when it is closed."""
    case = _cases().filter(pk=case_id, state="open").first()
    return _crew(case, now) if case else None


def deadlines(organisation_id: int, now: datetime, *, ahead: timedelta) -> Iterator[Deadline]:
    """Duties of open cases that are owed now and due before `now + ahead`, or past."""
    ready = Q(state="owed") | Q(state="waiting", not_before__lte=now)
    rows = DutyRow.objects.filter(
        ready, case__organisation_id=organisation_id, case__state="open", due__lt=now + ahead
    ).order_by("case_id", "due", "pk")
    crews: dict[UUID, Crew] = {}
    for row in rows.select_related("case", "case__unit").prefetch_related("owner_rows"):
        if row.due is None:
            continue
        crew = crews.setdefault(row.case_id, _crew(row.case, now))
        owners = _with_stand_ins(row.case_id, {owner.role for owner in row.owner_rows.all()}, now)
        yield Deadline(row.case_id, row.duty, row.due, row.case.opened_at, owners, crew, row.must_close)


def quiet(organisation_id: int, now: datetime) -> Iterator[Quiet]:
    """Open cases whose affected employee has heard nothing for the guideline's or the organisation's days."""
    least = now - timedelta(days=1)
    for case in _cases().filter(organisation_id=organisation_id, state="open", last_heard_at__lte=least):
        limit = case.guideline.silence_days or case.organisation.silence_days
        if now - case.last_heard_at >= timedelta(days=limit):
            yield Quiet(case.pk, case.last_heard_at, limit, _crew(case, now))


def dangers(organisation_id: int, now: datetime) -> Iterator[Danger]:
    for case in _cases().filter(organisation_id=organisation_id, state="open", in_danger=True):
        crew = _crew(case, now)
        looked = {one.actor_id for one in journal.entries_of(f"case:{case.pk}", acts=OPENINGS, limit=500)}
        yield Danger(case.pk, case.opened_at, not looked.isdisjoint(crew.handlers | crew.above), crew)


def agreed_talks(organisation_id: int, now: datetime) -> Iterator[AgreedTalk]:
    """Open cases whose next conversation was agreed for today (in Denmark) or a day that is past."""
    today = now.astimezone(DANISH).date()
    for case in _cases().filter(organisation_id=organisation_id, state="open", next_talk_on__lte=today):
        if case.next_talk_on is not None:
            yield AgreedTalk(case.pk, case.next_talk_on, _crew(case, now))


def labels(case_ids: Collection[UUID]) -> dict[UUID, str]:
    """The numbers people say aloud. One query."""
    rows = Case.objects.filter(pk__in=case_ids).values_list("pk", "year", "number")
    return {pk: f"{year}-{number:04d}" for pk, year, number in rows}


def about(actor: Actor, case_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the cases that are about the actor. One query."""
    own = Part.objects.filter(case_id__in=case_ids, user_id=actor.user_id, role="affected", until__isnull=True)
    return frozenset(own.values_list("case_id", flat=True))


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related("unit", "organisation", "guideline").defer(*_WORDS)


def _crew(case: Case, now: datetime) -> Crew:
    parts = list(Part.objects.filter(case=case, until__isnull=True).values_list("role", "user_id"))
    handlers = _with_stand_ins(case.pk, set(HANDLERS), now)
    excluded = frozenset(user for role, user in parts if role == "excluded")
    affected = frozenset(user for role, user in parts if role == "affected")
    return Crew(affected, handlers, _above(case, handlers, now) - affected, excluded, case.in_danger)


def _with_stand_ins(case_id: UUID, kinds: Collection[str], now: datetime) -> frozenset[int]:
    """Who has one of these parts; for whoever is away, those who stand in, when there are any."""
    parts = Part.objects.filter(case_id=case_id, until__isnull=True)
    held = frozenset(parts.filter(role__in=kinds).values_list("user_id", flat=True))
    barred = frozenset(parts.filter(role__in=("excluded", "affected")).values_list("user_id", flat=True))
    today = now.astimezone(DANISH).date()
    instead = people.stand_ins(people.absent(held, today=today), today=today)
    told = {user for one in held for user in (instead.get(one, frozenset()) - barred or {one})}
    return frozenset(told)


def _above(case: Case, handlers: frozenset[int], now: datetime) -> frozenset[int]:
    today = now.astimezone(DANISH).date()
    found = (people.manager_above(user, case.unit_id, today=today) for user in sorted(handlers))
    return frozenset(one.user_id for one in found if one) - handlers
