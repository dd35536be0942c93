"""One case, one draft, one guideline in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from vaern.cases.facts import Agreed, Planned, ReportData, Silence
from vaern.cases.models import (
    Account,
    Case,
    Conversation,
    Draft,
    Fulfilment,
    GuidelineVersion,
    Message,
    Needs,
    Note,
    Part,
)
from vaern.cases.planning import composed_of, planned
from vaern.cases.rules import (
    DANISH,
    Held,
    agreements_before,
    last_agreed,
    silence,
    still_counts,
    stood_in_roles,
)
from vaern.guideline.composed import Composed
from vaern.people import queries as people
from vaern.people.facts import Actor

Said = TypeVar("Said", Account, Message, Needs, Conversation)


def label(case: Case) -> str:
    """The number people say aloud: year and running number within the organisation."""
    return f"{case.year}-{case.number:04d}"


def closed_days(case_ids: Iterable[UUID]) -> dict[UUID, tuple[str, int, date]]:
    """Of those of the cases that are closed: what people call them, whose they are, and the Danish day it was. For the
    command line and for jobs, which no door leads to. One query."""
    rows = Case.objects.filter(pk__in=list(case_ids), state="closed", closed_at__isnull=False).order_by("closed_at")
    return {row.pk: (label(row), row.organisation_id, _danish_day(row)) for row in rows}


def _danish_day(row: Case) -> date:
    assert row.closed_at is not None
    return row.closed_at.astimezone(DANISH).date()


def numbers_in_use(organisation_id: int, labels: Iterable[str]) -> frozenset[str]:
    """Those of these labels ("2026-0007") that are a case's of the organisation."""
    asked = {label for label in labels if label.count("-") == 1}
    years = {int(label.split("-")[0]) for label in asked}
    found = Case.objects.filter(organisation_id=organisation_id, year__in=years).values_list("year", "number")
    numbers = {int(label.split("-")[1]) for label in asked}
    return frozenset(asked) & {f"{year}-{number:04d}" for year, number in found.filter(number__in=numbers)}


def silence_of(case: Case, now: datetime) -> Silence:
    """The silence clock of an open or closed case: the guideline's own number of days, else the organisation's."""
    limit = case.guideline.silence_days or case.organisation.silence_days
    return silence(case.last_heard_at, now, limit)


def case_for(actor: Actor, case_id: UUID) -> Case | None:
    """The case, when it is of the actor's own organisation. Whether there is a part in it, `relations` says."""
    found = Case.objects.select_related("guideline", "unit", "organisation").defer("guideline__content")
    return found.filter(pk=case_id, organisation_id=actor.home).first()


def open_case_by_number(actor: Actor, year: int, number: int) -> Case | None:
    """The open case people call `label`, when it is of the actor's own organisation. What she is to it, others ask."""
    found = Case.objects.select_related("guideline", "unit", "organisation").defer("guideline__content")
    return found.filter(organisation_id=actor.home, year=year, number=number, state="open").first()


def relations(actor: Actor, case: Case) -> frozenset[str]:
    """What the actor is to the case, in the words of `people.doors.RELATIONS`; empty means: it does not exist."""
    if actor.organisation_id != case.organisation_id:
        return frozenset()
    columns = Part.objects.filter(case=case, until__isnull=True).values_list("user_id", "role", "post_unit_id")
    parts = [Held(*row) for row in columns]
    posts = {(post.role, post.unit_id) for post in actor.posts}
    own = {part.role for part in parts if part.user_id == actor.user_id and still_counts(part, posts)}
    if "excluded" in own:
        return frozenset()
    own |= stood_in_roles(stood_in(actor), parts, own)
    if actor.has("amr") and _holds(actor, case, "amr"):
        own.add("amr")
    if "amr" in own and case.consents.get("amr_reads") == "yes":
        own.add("amr_reads")
    if actor.has("manager") and not own & {"manager", "managers_manager"}:
        managers = {part.user_id for part in parts if part.role == "manager"}
        if people.is_above(actor.user_id, managers, case.unit_id, case.organisation_id, today=timezone.localdate()):
            own.add("above")
    return frozenset(own)


def stood_in(actor: Actor) -> list[tuple[str, int, int]]:
    """The posts the actor stands in for today: role, unit and absent holder."""
    return [(post.role, post.unit_id, post.for_user) for post in actor.posts if post.for_user is not None]


def _holds(actor: Actor, case: Case, role: str) -> bool:
    today = timezone.localdate()
    found = people.holders(organisation_id=case.organisation_id, unit_id=case.unit_id, role=role, today=today)
    return any(person.user_id == actor.user_id for person in found)


def plan_of(case: Case, now: datetime) -> Planned:
    """The pinned guideline of the case and what it asks for at `now`."""
    return planned(case, now)


def parts(case: Case) -> list[Part]:
    return list(case.parts.filter(until__isnull=True).select_related("user").order_by("since", "pk"))


def stand_ins(there: Sequence[Part], now: datetime) -> list[tuple[str, str]]:
    """Of those with a part `there`: who can see the case today by standing in for one who is away. Both names; the
    affected employee is told."""
    barred = {part.user_id for part in there if part.role in ("affected", "excluded")}
    found = people.standing_in([part.user_id for part in there], today=now.astimezone(DANISH).date())
    shown = [
        (one.name, part.user.name)
        for one in found
        for part in there
        if one.user_id not in barred
        and stood_in_roles(
            [(one.role, one.unit_id, one.holder)], [Held(part.user_id, part.role, part.post_unit_id)], set()
        )
    ]
    return list(dict.fromkeys(shown))


def fulfilments(case: Case) -> QuerySet[Fulfilment]:
    return case.fulfilments.select_related("by").order_by("recorded_at", "pk")


def told_by_agreement(case: Case, composed: Composed) -> tuple[bool, Agreed | None]:
    """Whether others may be told only what was agreed with the employee; and the agreement that counts."""
    wanted = frozenset(one for duty in composed.duty.values() for one in agreements_before(duty, composed.duty))
    if not wanted:
        return False, None
    made = fulfilments(case).filter(duty__in=wanted).values_list("duty", "outcome", "fields")
    return True, last_agreed(wanted, made)


def messages(case: Case) -> QuerySet[Message]:
    return case.messages.select_related("by").order_by("at", "pk")


def notes(case: Case) -> QuerySet[Note]:
    return case.notes.select_related("by").order_by("at", "pk")


def accounts(case: Case) -> QuerySet[Account]:
    return case.accounts.select_related("by").order_by("at", "pk")


def needs(case: Case) -> QuerySet[Needs]:
    """What she said she needs after the report, the newest first."""
    return case.needs.select_related("by", "conversation").order_by("-at", "-pk")


def conversations(case: Case) -> QuerySet[Conversation]:
    return case.conversations.select_related("by").order_by("held_at", "pk")


def hers(case: Case, said: QuerySet[Said]) -> QuerySet[Said]:
    """Of what was said, what the affected employee may read: not what was said while somebody else was taken
    for her (see `unname_affected`)."""
    others = case.parts.filter(role="affected", until__isnull=False).values_list("since", "until")
    for since, until in others:
        said = said.exclude(at__gte=since, at__lte=until)
    return said


OPENINGS = ("see_case", "see_evidence", "preview_evidence", "read_evidence", "download_evidence")
"""Acts of the journal that say somebody has looked."""


def is_author(actor: Actor, draft_id: UUID) -> bool:
    return Draft.objects.filter(pk=draft_id, author_id=actor.user_id, organisation_id=actor.home).exists()


def draft_for(actor: Actor, draft_id: UUID) -> Draft:
    return Draft.objects.get(pk=draft_id, author_id=actor.user_id, organisation_id=actor.home)


def data_of(draft: Draft) -> ReportData:
    """The draft's answers; a draft from before a field existed simply lacks it."""
    known = {key: value for key, value in draft.data.items() if key in ReportData.__dataclass_fields__}
    return ReportData(**{**known, "category": tuple(known.get("category", ()))})


def drafts_of(actor: Actor, *, limit: int = 10) -> list[Draft]:
    """Reports begun and not sent, the newest first."""
    return list(Draft.objects.filter(author_id=actor.user_id, case__isnull=True).order_by("-updated_at")[:limit])


def guideline_in_use(organisation_id: int) -> tuple[GuidelineVersion, Composed] | None:
    found = GuidelineVersion.objects.defer("content").filter(organisation_id=organisation_id, retired_at__isnull=True)
    version = found.first()
    return (version, composed_of(version.pk, version.digest)) if version else None


def versions(organisation_id: int) -> QuerySet[GuidelineVersion]:
    return GuidelineVersion.objects.defer("content").filter(organisation_id=organisation_id).order_by("-adopted_at")
