"""What a case knows, as lines of question and answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vaern.guideline.composed import Composed
from vaern.guideline.pack import FactKind
from vaern.web.guideline_texts import Said, is_core, mark, say, say_label
from vaern.web.templatetags.vaern import moment


@dataclass(frozen=True, slots=True)
class Line:
    question: Said
    answer: Said


def known(case: Any, composed: Composed, language: str) -> list[Line]:
    """Facts and events the case has an answer to, facts in the guideline's order and events in time's. `case` is
    read only: its columns `facts` and `events`."""
    lines = [
        Line(say_label(composed, f"fact:{name}", language), say_answer(composed, name, case.facts[name], language))
        for name in composed.fact
        if case.facts.get(name) not in (None, "", "unknown", [])
    ]
    events = sorted((datetime.fromisoformat(at), name) for name, at in case.events.items())
    return lines + [Line(say_label(composed, f"event:{name}", language), Said(_when(at))) for at, name in events]


def _when(at: datetime) -> str:
    """A day alone is kept as its midnight: no time of day is shown that nobody has said."""
    there = localtime(at)
    return date_format(there, "DATE_FORMAT") if there.time() == time(0) else moment(at)


def say_answer(composed: Composed, fact: str, value: object, language: str) -> Said:
    """The answer in the reader's language; marked with the guideline's where those are the only words there are."""
    values: Iterable[object] = value if isinstance(value, list | tuple) else (value,)
    said = [_one(composed, fact, str(one), language) for one in values]
    return Said(", ".join(one.text for one in said), next((one.lang for one in said if one.lang), ""))


def _one(composed: Composed, fact: str, value: str, language: str) -> Said:
    declared = composed.fact.get(fact)
    if declared is not None and declared.kind is FactKind.YES_NO:
        return Said({"yes": _("Ja"), "no": _("Nej")}.get(value, value))
    if fact == "category" and any(one.id == value for one in composed.pack.definitions):
        return say(composed, f"definition:{value}", "name", language)
    label = composed.option_label(fact, value)
    return Said(_(label)) if is_core(f"fact:{fact}") else mark(composed, f"fact:{fact}", label, language)
