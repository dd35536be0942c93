"""Which step comes where, for whom, and how a step's form is built from the draft and from what was posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from vaern.cases import queries as cases
from vaern.cases.facts import ReportData
from vaern.guideline.composed import Composed
from vaern.guideline.core_facts import CORE_FACTS
from vaern.guideline.pack import Fact
from vaern.people import queries as people
from vaern.people.facts import Actor, Person
from vaern.web.guideline_texts import Said, say
from vaern.web.screens.report.forms import EvidenceForm, KindForm, WhatForm, YouForm, initial_of
from vaern.web.templatetags.guideline import marked

_CORE = {fact.id: fact for fact in CORE_FACTS}


def steps_for(who: str) -> tuple[str, ...]:
    """A manager who was told has the case: no question about how it feels, nobody to choose."""
    return ("what", "evidence", "kind", "send") if who == "manager" else ("what", "evidence", "kind", "you", "send")


def step_before(who: str, step: str) -> str:
    """The step before; "" before the first."""
    order = steps_for(who)
    at = order.index(step)
    return order[at - 1] if at else ""


def step_after(who: str, step: str) -> str:
    order = steps_for(who)
    return order[order.index(step) + 1]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked, in which language, under which guideline (None: none is in use yet), on which day."""

    actor: Actor
    language: str
    composed: Composed | None
    today: date

    def say(self, of: str, field: str) -> Said:
        return say(self.composed, of, field, self.language) if self.composed else Said("")


def asked_by(actor: Actor, language: str, today: date) -> Asked:
    in_use = cases.guideline_in_use(actor.organisation_id) if actor.organisation_id else None
    return Asked(actor, language, in_use[1] if in_use else None, today)


def form_for(step: str, asked: Asked, data: ReportData, post: Any = None, files: Any = None) -> forms.Form:
    """The step's form: unbound with the draft's answers, or bound to what was posted."""
    given: dict[str, Any] = {"initial": initial_of(data), "label_suffix": ""}
    if post is not None:
        given |= {"data": post, "files": files}
    if step == "what":
        return WhatForm(who=data.who, found=_found(asked.actor, data, post), **given)
    if step == "evidence":
        return EvidenceForm(facts=_CORE, **given)
    if step == "kind":
        return _kind_form(asked, given)
    return _you_form(asked, data, given)


def _found(actor: Actor, data: ReportData, post: Mapping[str, str] | None) -> list[Person]:
    """Those who may be chosen: found by what was searched for before, by what stands there now, and the one chosen."""
    if data.who == "me":
        return []
    terms = {post.get("searched", ""), post.get("affected_name", "")} if post is not None else set()
    found = {one.user_id: one for term in sorted(terms) for one in people.colleagues(actor, term)}
    if data.affected_id is not None and data.affected_id not in found:
        chosen = people.person(data.affected_id)
        found |= {chosen.user_id: chosen} if chosen else {}
    return list(found.values())


def _kind_form(asked: Asked, given: dict[str, Any]) -> KindForm:
    pack = asked.composed.pack if asked.composed else None
    definitions = {one.id: str(asked.say(f"definition:{one.id}", "name")) for one in pack.definitions} if pack else {}
    own = [(fact, *_said(asked, fact)) for fact in (pack.facts if pack else ()) if fact.ask_at == "report"]
    return KindForm(definitions=definitions, facts=_CORE, own=own, **given)


def _said(asked: Asked, fact: Fact) -> tuple[str, str]:
    of = f"fact:{fact.id}"
    return marked(asked.say(of, "label")), marked(asked.say(of, "help"))


def _you_form(asked: Asked, data: ReportData, given: dict[str, Any]) -> YouForm:
    offered = managers_of(asked, data)
    if len(offered) == 1 and data.manager_id != offered[0].user_id:
        given["initial"]["manager_id"] = offered[0].user_id
    stood_for = people.names(one.deputy_for for one in offered if one.deputy_for is not None)
    managers = [(one.user_id, _manager_label(one, stood_for)) for one in offered]
    form = YouForm(who=data.who, managers=managers, **given)
    form.fields["manager_away"].help_text = _above(asked, data, offered)
    return form


def concerned(actor: Actor, data: ReportData) -> int:
    """Whose managers are asked: the one it happened to, or whoever reports when that one is not known here."""
    return actor.user_id if data.who == "me" else data.affected_id or actor.user_id


def managers_of(asked: Asked, data: ReportData) -> tuple[Person, ...]:
    return people.managers_for(concerned(asked.actor, data), today=asked.today)


def above(asked: Asked, data: ReportData, manager_id: int) -> Person | None:
    unit = people.unit_of(concerned(asked.actor, data))
    return people.manager_above(manager_id, unit, today=asked.today)


def _manager_label(one: Person, stood_for: Mapping[int, str]) -> str:
    said = ", ".join(part for part in (one.name, one.title, one.unit_name) if part)
    if one.deputy_for is not None:
        return _("%(manager)s – vikar for %(absent)s, der er væk") % {
            "manager": said,
            "absent": stood_for.get(one.deputy_for, ""),
        }
    return _("%(manager)s – er væk i dag") % {"manager": said} if one.absent else said


def _above(asked: Asked, data: ReportData, offered: tuple[Person, ...]) -> str:
    """Who gets the case instead, so that nobody chooses blindly."""
    others = [(one, above(asked, data, one.user_id)) for one in offered]
    said = [
        _("Så går det i stedet til %(above)s.") % {"above": _named(higher)}
        if len(offered) == 1
        else _("I stedet for %(manager)s: %(above)s.") % {"manager": one.name, "above": _named(higher)}
        for one, higher in others
        if higher
    ]
    hidden = _("Er lederen en del af det, kan lederen ikke se sagen.")
    return " ".join([*said, hidden] if said else [_("Der er ingen leder over. Vælg en anden leder."), hidden])


def _named(one: Person) -> str:
    return f"{one.name}, {one.title}" if one.title else one.name


def receiver(asked: Asked, data: ReportData) -> Person | None:
    """Who the report goes to as it stands now; None when nobody is chosen yet."""
    if data.who == "manager":
        return people.person(asked.actor.user_id)
    chosen = next((one for one in managers_of(asked, data) if one.user_id == data.manager_id), None)
    return above(asked, data, chosen.user_id) if chosen and data.manager_away else chosen
