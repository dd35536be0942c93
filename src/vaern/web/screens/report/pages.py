"""What the templates of the report need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vaern.cases import queries as cases
from vaern.cases.facts import ReportData
from vaern.evidence import queries as evidence
from vaern.guideline.core_facts import CORE_FACTS
from vaern.guideline.pack import Definition, Passage
from vaern.mailbox import queries as mailbox
from vaern.web.capture_guides import guide_for
from vaern.web.fields import ANSWERS, is_day
from vaern.web.guideline_texts import Said
from vaern.web.screens.report import words
from vaern.web.screens.report.steps import Asked, receiver, step_before, steps_for


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the report. `draft` is None before the first step was sent."""

    step: str
    data: ReportData
    draft: UUID | None = None
    searched: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    title: Said
    text: Said


def context(page: Page, asked: Asked) -> dict[str, Any]:
    who, order = page.data.who, steps_for(page.data.who)
    short = words.SHORT if who == "me" else words.SHORT_COLLEAGUE
    return {
        "page": page,
        "who": who,
        "heading": words.HEADING[page.step][who],
        "steps": [(short[step], "") for step in order],
        "current": order.index(page.step) + 1,
        "action": _action(page),
        "before": step_before(who, page.step),
        "danger": page.data.danger_now == "yes",
        **(_evidence(page, asked) if page.step == "evidence" else {}),
        **(_definitions(asked) if page.step == "kind" else {}),
        **({"scope": _passages(asked, "scope", "not_covered")} if page.step == "what" else {}),
    }


def _action(page: Page) -> str:
    if page.draft is None:
        return f"{reverse('start_report')}?who={page.data.who}"
    if page.step == "send":
        return reverse("send_report", args=[page.draft])
    return reverse("write_report", args=[page.draft, page.step])


def _evidence(page: Page, asked: Asked) -> dict[str, Any]:
    return {
        "items": evidence.items_of_draft(page.draft) if page.draft else [],
        "advice": _passages(asked, "advice", "prohibition"),
        "guide": guide_for(page.data.platform, asked.language, asked.today),
        "mail_address": mailbox.address(),
        "file_max": settings.FILE_MAX,
        "report_max": settings.REPORT_MAX,
        "file_max_mb": settings.FILE_MAX // 1024**2,
    }


def _passages(asked: Asked, *kinds: str) -> list[Text]:
    """What the guideline itself says where somebody reports."""
    found: list[Passage] = cases.advice(asked.composed, "report") if asked.composed else []
    shown = [one for one in found if one.kind in kinds]
    return [Text(asked.say(f"passage:{one.id}", "title"), asked.say(f"passage:{one.id}", "text")) for one in shown]


def _definitions(asked: Asked) -> dict[str, Any]:
    found = {one.id: one for one in asked.composed.pack.definitions} if asked.composed else {}
    return {"definitions": {name: _definition(asked, one) for name, one in found.items()}}


def _definition(asked: Asked, one: Definition) -> dict[str, Any]:
    of = f"definition:{one.id}"
    return {
        "name": asked.say(of, "name"),
        "text": asked.say(of, "text"),
        "examples": one.examples,
        "lang": asked.say(of, "text").lang,
        "part_of": bool(one.part_of),
    }


def summary(page: Page, asked: Asked) -> dict[str, Any]:
    """The whole report to look through: for each step its answers as (question, answer), unanswered left out."""
    data, gets_it = page.data, receiver(asked, page.data)
    you = [(words.MANAGER.get(data.who, ""), gets_it.name if gets_it else ""), *_you(data)]
    parts = {"what": _what(data), "evidence": _where(data), "kind": _kind(data, asked), "you": you}
    sections = [
        {
            "title": words.HEADING[step][data.who],
            "rows": [(question, answer) for question, answer in parts[step] if answer],
            "address": reverse("write_report", args=[page.draft, step]),
            "step": step,
        }
        for step in steps_for(data.who)
        if step != "send"
    ]
    items = evidence.items_of_draft(page.draft) if page.draft else []
    already = cases.own_lines_at(asked.actor, data.link, timezone.now())
    return {"already": already, "sections": sections, "items": items, "receiver": gets_it}


def _what(data: ReportData) -> list[tuple[Any, Any]]:
    affected = [(words.AFFECTED[data.who], data.affected_name)] if data.who != "me" else []
    return [*affected, (words.DANGER, _answer(data.danger_now)), (words.WHAT[data.who], data.what)]


def _where(data: ReportData) -> list[tuple[Any, Any]]:
    return [
        (_("Hvor er det sket?"), _option("platform", data.platform)),
        (_("Link"), data.link),
        (_("Lagt op"), _when(data.posted_on, data.posted_at)),
        (_("Opdaget"), _when(data.discovered_on, data.discovered_at)),
        (_("Ligger det der stadig?"), _answer(data.still_online)),
    ]


def _when(day: str, clock: str) -> str:
    """The day in words, and the time of day when it is known; what cannot be read stands as it was typed."""
    if not is_day(day):
        return f"{day} {clock}".strip()
    said = date_format(date.fromisoformat(day), "DATE_FORMAT")
    return _("%(day)s kl. %(clock)s") % {"day": said, "clock": clock} if clock else said


def _kind(data: ReportData, asked: Asked) -> list[tuple[Any, Any]]:
    found = asked.composed.pack.definitions if asked.composed else ()
    names = {one.id: str(asked.say(f"definition:{one.id}", "name")) for one in found} | {"unknown": _("Ved ikke")}
    fits = [names[one] for one in data.category if one in names]
    own = [
        (asked.say(f"fact:{fact.id}", "label"), _own_answer(asked, fact.id, data.facts[fact.id]))
        for fact in (asked.composed.pack.facts if asked.composed else ())
        if fact.id in data.facts
    ]
    return [
        (_("Det passer på"), ", ".join(fits)),
        *own,
        (_("Ved du, hvem der har skrevet det?"), _answer(data.author_known)),
        (_("Navn eller profil"), data.author),
        (_("Den, der har skrevet, er"), _option("author_relation", data.author_relation)),
    ]


def _own_answer(asked: Asked, fact: str, value: object) -> str:
    values = value if isinstance(value, (list, tuple)) else [value]
    said = dict(ANSWERS)
    return ", ".join(str(said.get(str(one)) or _label(asked, fact, str(one))) for one in values)


def _label(asked: Asked, fact: str, value: str) -> str:
    return asked.composed.option_label(fact, value) if asked.composed else value


def _you(data: ReportData) -> list[tuple[Any, Any]]:
    return [
        (_("Hvordan har du det?"), data.impact),
        (_("Det har jeg brug for i det praktiske"), data.needs_practical),
        (_("Nogen at tale med"), data.needs_psychological),
    ]


def _answer(value: str) -> Any:
    return dict(ANSWERS).get(value, "")


def _option(fact: str, value: str) -> str:
    labels = {option.id: option.label for one in CORE_FACTS if one.id == fact for option in one.values}
    return _(labels[value]) if value in labels else ""
