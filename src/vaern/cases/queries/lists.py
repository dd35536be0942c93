"""Lists across cases: bounded queries, whatever their number. No list carries words about what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce
from operator import itemgetter, or_

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery

from vaern.cases.facts import CaseLine, DutyLine, Urgency
from vaern.cases.models import Case, DutyOwner, DutyRow, GuidelineVersion, Part
from vaern.cases.planning import composed_of
from vaern.cases.queries.one import label, silence_of, stood_in
from vaern.cases.rules import DANISH, POST_BEHIND, STANDS_IN, urgency_of
from vaern.core.addresses import plain_address
from vaern.guideline.composed import Composed
from vaern.guideline.pack import Duty, Modality, Passage
from vaern.people import queries as people
from vaern.people.facts import Actor

READS = ("manager", "managers_manager", "secretariat", "head_of_authority", "hr", "tr")
PAGE = 25


def _cases(actor: Actor) -> QuerySet[Case]:
    found = Case.objects.filter(organisation_id=actor.home)
    found = found.select_related("unit", "organisation", "guideline")
    return found.defer("what", "author", "impact", "facts", "guideline__content", "guideline__layers")


def _stood_in(actor: Actor, case: str, **more: object) -> Q:
    """Parts the actor has by standing in for somebody away, as `rules.stood_in_roles` says it for one case. `case` is
    the name of the case in the outer query."""
    there = Part.objects.filter(case=OuterRef(case), until__isnull=True)
    held = [
        Q(user_id=holder, role__in=STANDS_IN.get(post, ())) & (Q(post_unit=unit) | Q(post_unit__isnull=True))
        for post, unit, holder in stood_in(actor)
    ]
    if not held:
        return Q(pk__in=[])
    barred = there.filter(user_id=actor.user_id, role__in=("affected", "excluded"))
    return Q(Exists(there.filter(reduce(or_, held), **more))) & ~Q(Exists(barred))


def _handles(actor: Actor, *roles: str) -> ExpressionWrapper[Q]:
    """Whether the actor has one of these parts, own or stood in for."""
    found = Q(_part(actor, *roles)) | _stood_in(actor, "pk", role__in=roles)
    return ExpressionWrapper(found, output_field=BooleanField())


def _part(actor: Actor, *roles: str) -> Exists:
    return Exists(_own(actor, "pk").filter(role__in=roles))


def _own(actor: Actor, case: str) -> QuerySet[Part]:
    """The actor's own parts that still count, as `rules.still_counts` says it for one case."""
    counts = Q(post_unit__isnull=True)
    for post in actor.posts:
        brought = [role for role, behind in POST_BEHIND.items() if behind == post.role]
        counts |= Q(post_unit=post.unit_id, role__in=brought)
    return Part.objects.filter(counts, case=OuterRef(case), user_id=actor.user_id, until__isnull=True)


def _line(case: Case, now: datetime, part: bool = True) -> CaseLine:
    is_open = case.state == "open"
    return CaseLine(
        case.pk, label(case), case.unit.name, case.state, case.opened_at, case.next_due_at, case.open_duties,
        case.last_heard_at, silence_of(case, now) if is_open else None, case.in_danger and is_open and part, part=part,
    )  # fmt: skip


def my_case_lines(actor: Actor, now: datetime) -> list[CaseLine]:
    """Cases about the actor, and those the actor reported for somebody else (a receipt), newest first."""
    found = _cases(actor).filter(_part(actor, "affected", "reporter")).exclude(_part(actor, "excluded"))
    rows = found.annotate(is_affected=_part(actor, "affected")).order_by("-opened_at")[:50]
    return [replace(_line(case, now), affected=case.is_affected) for case in rows]


def own_lines_at(actor: Actor, link: str, now: datetime) -> list[CaseLine]:
    """Those of `my_case_lines` whose link is the same address, however it is written. The newest hundred are asked."""
    plain = plain_address(link)
    if not plain:
        return []
    found = _cases(actor).filter(_part(actor, "affected", "reporter")).exclude(_part(actor, "excluded"))
    rows = found.exclude(link="").annotate(is_affected=_part(actor, "affected")).order_by("-opened_at")[:100]
    same = [case for case in rows if plain_address(case.link) == plain]
    return [replace(_line(case, now), affected=case.is_affected) for case in same]


def case_lines(actor: Actor, now: datetime, *, state: str = "open", page: int = 1) -> tuple[list[CaseLine], bool]:
    """One page of the cases the actor may read, danger and then what is due first on top; and whether there is a next
    page. A safety representative's own units are there too, without a part: their status is for her, their content
    is not."""
    units = people.units_answered_for(actor, "amr", today=now.astimezone(DANISH).date())
    reads = _handles(actor, *READS)
    found = _cases(actor).filter(Q(reads) | Q(unit_id__in=units), state=state).exclude(_part(actor, "excluded"))
    start = (page - 1) * PAGE
    burning = ("-in_danger", F("next_due_at").asc(nulls_last=True))
    order = burning if state == "open" else (F("closed_at").desc(),)
    rows = list(found.annotate(part=reads).order_by(*order, "-opened_at", "pk")[start : start + PAGE + 1])
    return [_line(case, now, case.part) for case in rows[:PAGE]], len(rows) > PAGE


def inbox_lines(actor: Actor, now: datetime) -> list[CaseLine]:
    """Open cases that are late or silent, or in which somebody is in danger now: the actor's own, and those of managers
    one level below. Danger first, then the longest silent, at most 200."""
    waits = Q(next_due_at__lt=now) | Q(in_danger=True) | _silent(actor, now)
    below = people.units_one_level_below(actor, today=now.astimezone(DANISH).date())
    mine = _handles(actor, "manager", "managers_manager", "secretariat")
    asked = waits & (Q(mine) | Q(unit_id__in=below))
    found = _cases(actor).filter(asked, state="open").exclude(_part(actor, "excluded")).annotate(part=mine)
    rows = found.order_by(F("part").desc(), "-in_danger", "last_heard_at", "pk")[:200]
    return [replace(_line(case, now, case.part), in_danger=case.in_danger) for case in rows]


def _silent(actor: Actor, now: datetime) -> Q:
    """Longer silent than the case's own guideline says, or than the organisation does where that says nothing."""
    home = people.organisation(actor.home)
    versions = GuidelineVersion.objects.filter(organisation_id=actor.home)
    told = versions.values_list("silence_days", flat=True).order_by().distinct()
    limits = {days: days or (home.silence_days if home else 0) for days in told}
    found = Q(pk__in=[])
    for days, limit in limits.items():
        found |= Q(guideline__silence_days=days, last_heard_at__lte=now - timedelta(days=limit))
    return found


def referred_lines(actor: Actor, now: datetime) -> list[CaseLine]:
    """Open cases referred to the secretariat the actor sits in, the latest referred first, at most 200."""
    own = _own(actor, "pk").filter(role="secretariat")
    found = _cases(actor).filter(state="open").annotate(since=Subquery(own.values("since")[:1]))
    found = found.filter(since__isnull=False).exclude(_part(actor, "excluded"))
    return [_line(case, now) for case in found.order_by("-since", "pk")[:200]]


def duty_lines(actor: Actor, now: datetime, *, language: str = "da") -> list[DutyLine]:
    """What the actor owes, over all cases, what burns first. A waiting duty whose day has come counts as owed."""
    held = Q(Exists(_own(actor, "case").filter(role=OuterRef("role")))) | _stood_in(
        actor, "case", role=OuterRef("role")
    )
    owned = DutyOwner.objects.filter(held, case__organisation_id=actor.home, case__state="open")
    ready = Q(state="owed") | Q(state="waiting", not_before__lte=now)
    rows = (
        DutyRow.objects.filter(ready, pk__in=owned.values("row_id"))
        .select_related("case__guideline")
        .defer("case__guideline__content", "case__guideline__layers", "case__what", "case__facts")
    )
    rows = rows.order_by(F("due").asc(nulls_last=True), "-case__in_danger", "pk")[:500]
    lines = sorted((_placed_line(row, now, language) for row in rows), key=itemgetter(0))
    return [line for _, line in lines]


ORDER = {"now": 0, "today": 1, "hours_72": 2, "week": 3, "later": 4, "waiting": 5, "done": 6}
_FAR = datetime.max.replace(tzinfo=DANISH)


def _placed_line(row: DutyRow, now: datetime, language: str) -> tuple[tuple[object, ...], DutyLine]:
    """A line and where it stands: what burns first, danger before the rest, then case by case in the guideline's
    order."""
    line = _duty_line(row, now, language)
    place = composed_of(row.case.guideline_id, row.case.guideline.digest).place[row.duty]
    return (ORDER[line.urgency], not line.in_danger, line.due or _FAR, line.label, place), line


def _duty_line(row: DutyRow, now: datetime, language: str) -> DutyLine:
    composed = composed_of(row.case.guideline_id, row.case.guideline.digest)
    duty = composed.duty[row.duty]
    words = duty.deadline.words if duty.deadline else ""
    own = composed.pack.pack.language
    translated = duty.title if own == language else composed.translated(f"duty:{duty.id}", "title", language)
    said = words if own == language else composed.translated_text(f"duty:{duty.id}", words, language)
    return DutyLine(
        row.case_id, label(row.case), row.duty, translated or duty.title, row.state, row.due, said or words,
        _urgency(row, duty, words, now), row.case.in_danger, "" if translated else own, "" if said else own,
    )  # fmt: skip


def _urgency(row: DutyRow, duty: Duty, words: str, now: datetime) -> Urgency:
    if row.due is None:
        return "now" if words and duty.modality == Modality.MUST else "later"
    return urgency_of(row.due, now)


def advice(composed: Composed, place: str) -> list[Passage]:
    """The guideline's own texts meant for one place: report, receipt, case, my_case, colleague or guideline."""
    return [passage for passage in composed.pack.passages if place in passage.show]
