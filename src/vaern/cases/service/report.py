"""The report: begun, saved at every step, sent once."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from vaern.cases.facts import ReportData
from vaern.cases.models import Account, Case, CaseNumber, Draft, Part
from vaern.cases.planning import composed_of
from vaern.cases.queries.one import data_of, guideline_in_use
from vaern.cases.rules import DANISH, check_report, events_of, facts_of, settled_by_report
from vaern.cases.service.change import post_unit, record, renew, settle_by_doing
from vaern.core.refusal import Refusal, Refused, Unseen
from vaern.core.text import gettext_noop as _
from vaern.journal import service as journal
from vaern.people import queries as people
from vaern.people.facts import Actor, Person
from vaern.people.rules import parents_of, path_up


def start_report(*, actor: Actor, who: str, came_by: str = "", now: datetime) -> Draft:
    with transaction.atomic():
        data = asdict(ReportData(who=who, came_by=came_by))  # type: ignore[arg-type]
        draft = Draft.objects.create(
            organisation_id=actor.home, author_id=actor.user_id, data=data, created_at=now, updated_at=now
        )
        _record(actor, draft, "start_report", now)
    return draft


def write_report(*, actor: Actor, draft_id: UUID, answers: dict[str, object], now: datetime) -> ReportData:
    """Saves some answers of a draft; the others stay. A sent report cannot be written in."""
    with transaction.atomic():
        draft = lock_draft(actor, draft_id)
        if draft.case_id:
            raise Refused(Refusal("already_sent", _("Du har allerede sendt det her.")))
        data = replace(data_of(draft), **answers)  # type: ignore[arg-type]
        draft.data, draft.updated_at = asdict(data), now
        draft.save(update_fields=["data", "updated_at"])
        _record(actor, draft, "write_report", now)
    return data


def discard_report(*, actor: Actor, draft_id: UUID, now: datetime) -> None:
    """Throws an unsent draft away; what was typed is gone, that there was one is not."""
    with transaction.atomic():
        draft = lock_draft(actor, draft_id)
        if draft.case_id:
            raise Refused(Refusal("already_sent", _("Du har allerede sendt det her.")))
        _record(actor, draft, "discard_report", now)
        draft.delete()


def send_report(*, actor: Actor, draft_id: UUID, evidence: list[str], now: datetime) -> Case:
    """Opens the case. Sending the same draft again gives the same case. `evidence`: SHA-256 of each file on it.

    Called inside the transaction that also moves the files (`evidence.service.send_report`): all or nothing.
    """
    draft = lock_draft(actor, draft_id)
    if draft.case_id:
        return Case.objects.get(pk=draft.case_id)
    data = data_of(draft)
    refusals = (*check_report(data, now), *_not_their_manager(actor, data))
    in_use = guideline_in_use(draft.organisation_id)
    if in_use is None:
        message = _("Din arbejdsplads har ikke taget en retningslinje i brug endnu. Ring til din leder eller HR.")
        refusals = (*refusals, Refusal("no_guideline", message))
    manager = _manager(actor, data, now.astimezone(DANISH).date())
    if manager is None and data.manager_id is not None:
        refusals = (*refusals, Refusal("no_manager", _("Vælg en anden leder."), field="manager_id"))
    if refusals or in_use is None or manager is None:
        raise Refused(*refusals)
    case = _open(actor, draft, data, in_use[0].pk, evidence, now)
    _parts(case, actor, data, manager, now)
    _settle(case, actor, data, bool(evidence), now)
    renew(case, now)
    Draft.objects.filter(pk=draft.pk).update(case=case, data={})
    record(actor, case, "send_report", {"evidence": evidence, "who": data.who, "guideline": in_use[0].digest}, now)
    return case


def lock_draft(actor: Actor, draft_id: UUID) -> Draft:
    found = Draft.objects.select_for_update().filter(pk=draft_id, author_id=actor.user_id).first()
    if found is None:
        raise Unseen(str(draft_id))
    return found


def _record(actor: Actor, draft: Draft, act: str, now: datetime) -> None:
    journal.record(
        organisation_id=draft.organisation_id, act=act, actor_id=actor.user_id, actor_name=actor.name,
        subject=f"draft:{draft.pk}", payload={}, now=now,
    )  # fmt: skip


def affected_id(actor: Actor, data: ReportData) -> int | None:
    return actor.user_id if data.who == "me" else data.affected_id


def _manager(actor: Actor, data: ReportData, today: date) -> Person | None:
    """Who gets the case: the chosen manager, or the level above when that one is away or part of it."""
    if data.who == "manager":
        return people.person(actor.user_id)
    offered = people.managers_for(affected_id(actor, data) or actor.user_id, today=today)
    chosen = next((one for one in offered if one.user_id == data.manager_id), None)
    if chosen is None or not data.manager_away:
        return chosen
    unit = people.unit_of(affected_id(actor, data) or actor.user_id)
    return people.manager_above(chosen.user_id, unit, today=today)


def _not_their_manager(actor: Actor, data: ReportData) -> tuple[Refusal, ...]:
    """Who reports as the manager gets the case: only somebody who leads where the employee works may do that."""
    if data.who != "manager":
        return ()
    tree = people.units(actor.organisation_id).values() if actor.organisation_id else ()
    unit = people.unit_of(data.affected_id or actor.user_id)
    leads = {post.unit_id for post in actor.posts if post.role == "manager"}
    if leads.intersection(path_up(parents_of(tree), unit)):
        return ()
    message = _("Du står ikke som leder for den medarbejder. Meld det som kollega, så går det til den rette leder.")
    return (Refusal("not_their_manager", message, field="affected_name"),)


def _open(actor: Actor, draft: Draft, data: ReportData, guideline: int, evidence: list[str], now: datetime) -> Case:
    year = now.astimezone(DANISH).year
    unit = people.unit_of(affected_id(actor, data) or actor.user_id)
    return Case.objects.create(
        organisation_id=draft.organisation_id, unit_id=unit, guideline_id=guideline, year=year,
        number=_next_number(draft.organisation_id, year), affected_id=affected_id(actor, data),
        affected_name=data.affected_name.strip(), reporter_id=actor.user_id, what=data.what.strip(),
        link=data.link.strip(), author=data.author.strip(), impact=data.impact.strip(),
        needs_practical=data.needs_practical.strip(), needs_psychological=data.needs_psychological.strip(),
        facts=facts_of(data), events=events_of(data, now, bool(evidence)), opened_at=now, last_heard_at=now,
    )  # fmt: skip


def _next_number(organisation_id: int, year: int) -> int:
    """The next running number of the year. The row is locked, so two reports at once get one each."""
    CaseNumber.objects.bulk_create(
        [CaseNumber(organisation_id=organisation_id, year=year, last=0)], ignore_conflicts=True
    )
    counter = CaseNumber.objects.select_for_update().get(organisation_id=organisation_id, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _parts(case: Case, actor: Actor, data: ReportData, manager: Person, now: datetime) -> None:
    roles = [(manager.user_id, "manager")]
    if case.affected_id:
        roles.append((case.affected_id, "affected"))
    if actor.user_id not in {case.affected_id, manager.user_id}:
        roles.append((actor.user_id, "reporter"))
    if data.manager_away == "part_of_it" and data.manager_id and data.manager_id != manager.user_id:
        roles.append((data.manager_id, "excluded"))
    Part.objects.bulk_create(
        Part(case=case, user_id=user, role=role, since=now, post_unit_id=post_unit(case.unit_id, user, role, now))
        for user, role in roles
    )


def _settle(case: Case, actor: Actor, data: ReportData, has_evidence: bool, now: datetime) -> None:
    composed = composed_of(case.guideline_id, case.guideline.digest)
    done = settled_by_report(composed.pack.duties, data, has_evidence)
    settle_by_doing(case, composed, done, actor, now)
    if case.affected_id == actor.user_id:
        Account.objects.create(case=case, by_id=actor.user_id, text=data.what.strip(), at=now)
