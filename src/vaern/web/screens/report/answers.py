"""From a posted form to the draft: what is saved, which files are taken in, who may be meant."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from vaern.cases.facts import ReportData
from vaern.cases.rules import STEPS
from vaern.core.refusal import Refusal
from vaern.evidence import service as evidence
from vaern.people import queries as people
from vaern.people.facts import Actor
from vaern.web.screens.report.forms import KindForm, WhatForm, initial_of
from vaern.web.screens.report.steps import Asked
from vaern.web.uploads import take_in_all


def read(step: str, form: forms.Form) -> dict[str, object]:
    """The answers that could be read. What could not stays on the page, beside its error, and out of the draft."""
    given = {name: form.cleaned_data[name] for name in STEPS[step] if name in form.cleaned_data}
    if isinstance(form, KindForm):
        given["facts"] = form.facts()
    if "category" in given:
        given["category"] = tuple(given["category"])
    if isinstance(form, WhatForm) and "affected_name" in form.fields:
        given |= _affected(form)
    return given


def _affected(form: WhatForm) -> dict[str, object]:
    """The colleague chosen, under the name the organisation knows; a free name is nobody who could log in. Who has
    written another name since choosing has chosen nobody."""
    chosen = form.cleaned_data.get("affected_id") if not _rewritten(form) else None
    person = people.person(chosen) if chosen else None
    return {"affected_id": chosen, **({"affected_name": person.name} if person else {})}


def _rewritten(form: forms.Form) -> bool:
    return form.cleaned_data.get("affected_name", "") != form.cleaned_data.get("searched", "")


def may_be_somebody(actor: Actor, form: forms.Form) -> bool:
    """Whether a name was typed that fits colleagues nobody has been asked about yet: then the page asks once."""
    return _rewritten(form) and bool(people.colleagues(actor, form.cleaned_data.get("affected_name", "")))


def with_found(asked: Asked, data: ReportData, form: forms.Form) -> WhatForm:
    """The first step again with everything typed, and those the name fits to choose among."""
    term = str(form.data.get("affected_name", "")).strip()
    found = people.colleagues(asked.actor, term)
    typed = {**initial_of(data), **{name: form.data.get(name, "") for name in form.fields}}
    return WhatForm(who=data.who, found=found, initial={**typed, "searched": term}, label_suffix="")


def take_files(request: Any, draft: UUID, form: forms.Form, now: datetime) -> list[Refusal]:
    """Takes in each file that can be; the refusals of the others. A file that is here already is no fault."""
    if remove := _item(request.POST.get("remove", "")):
        evidence.withdraw_from_draft(actor=request.actor, draft_id=draft, item_id=remove, now=now)
    uploads = [*form.cleaned_data.get("files", []), *form.cleaned_data.get("camera", [])]
    refused = take_in_all(request.actor, uploads, now, draft_id=draft)
    return [one for one in refused if one.code != "already_here"]


def _item(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def step_of(field: str) -> str:
    """The step that asks for a field; the first one for what belongs to none."""
    return next((step for step, names in STEPS.items() if field in names), "what")
