"""A case in a few words, for the tests of every floor above `cases`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from tests.people_kit import Municipality, actor
from vaern.cases import queries, service
from vaern.cases.facts import Submission
from vaern.cases.models import Case
from vaern.cases.service.duties import attempt_of
from vaern.evidence import queries as evidence_queries
from vaern.evidence import service as evidence
from vaern.guideline.compose import compose
from vaern.guideline.composed import Composed
from vaern.guideline.facts import Row, State
from vaern.guideline.load import load
from vaern.people.models import User

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)  # a Tuesday
PACKS = Path(__file__).resolve().parents[1] / "guidelines"


@cache
def guideline(name: str, *, national: bool = True) -> Composed:
    return compose(load(PACKS / name), [load(PACKS / "national")] if national else [])


def adopt(organisation_id: int, name: str = "brovst", *, national: bool = True) -> None:
    service.adopt_guideline(
        organisation_id=organisation_id, composed=guideline(name, national=national), actor_id=None, now=NOW
    )


def report(author: User, manager: User, *, now: datetime = NOW, **answers: object) -> Case:
    """A report sent by `author` to `manager`; `answers` as in `cases.facts.ReportData`."""
    who = actor(author)
    draft = service.start_report(actor=who, who=str(answers.get("who", "me")), now=now)
    given = {"what": "Et opslag med mit navn og billede.", "manager_id": manager.pk, **answers}
    service.write_report(actor=who, draft_id=draft.pk, answers=given, now=now)
    sent = evidence.send_report(actor=who, draft_id=draft.pk, now=now)
    assert isinstance(sent, Case)
    return sent


def open_case(people: Municipality, name: str = "brovst", *, national: bool = True, **answers: object) -> Case:
    """Anna's case with Mads, under a guideline the organisation has just adopted."""
    adopt(people.organisation_id, name, national=national)
    return report(people.anna, people.mads, **answers)


def relations(user: User, case: Case) -> frozenset[str]:
    return queries.relations(actor(user), fresh(case))


def fresh(case: Case) -> Case:
    return Case.objects.select_related("guideline", "organisation", "unit").get(pk=case.pk)


def row(case: Case, duty: str, now: datetime = NOW) -> Row:
    found = queries.plan_of(fresh(case), now).row(duty)
    assert found is not None, duty
    return found


def owed(case: Case, now: datetime = NOW) -> set[str]:
    return {one.id for one in queries.plan_of(fresh(case), now).rows if one.state is State.OWED}


def settle(
    case: Case, user: User, duty: str, *, now: datetime = NOW, times_seen: int | None = None, **given: object
) -> None:
    """Settles a duty with everything its kind may ask for, unless `given` says otherwise."""
    asked = queries.plan_of(fresh(case), now).composed.duty[duty]
    told = attempt_of(fresh(case), queries.plan_of(fresh(case), now), duty, frozenset(), 0).agreed
    full = Submission(
        text=told.words if told else "Det er gjort.",
        recipient=told.people if told else "Rette vedkommende", reference="R-1", agreed="Som aftalt", offered="Hjælp",
        reasons="En begrundelse", choice=tuple(one.id for one in asked.alternatives[:1]),
    )  # fmt: skip
    service.fulfil_duty(
        actor=actor(user), relations=relations(user, case), case_id=case.pk, duty_id=duty,
        given=Submission(**{**{name: getattr(full, name) for name in Submission.__dataclass_fields__}, **given}),
        times_seen=row(case, duty, now).times_done if times_seen is None else times_seen,
        evidence_count=evidence_queries.count_of_case(case.pk), now=now,
    )  # fmt: skip


def later(**span: int) -> datetime:
    return NOW + timedelta(**span)


def day(moment: datetime) -> date:
    return moment.date()
