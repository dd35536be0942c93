"""The form of what has become known: the facts and dates the guideline asks about, what is missing first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _

from vaern.cases.facts import Planned
from vaern.cases.rules import events_missing, events_used, facts_missing, facts_used
from vaern.cases.rules.report import moment
from vaern.guideline.composed import Composed
from vaern.guideline.pack import Fact, FactKind
from vaern.web.guideline_texts import say, say_label
from vaern.web.templatetags.guideline import marked

UNKNOWN = "unknown"
DAYS = frozenset({"first_absence_day", "returned_to_work"})
"""Events that are days: nobody is asked for the time of day."""


class FactForm(forms.Form):
    """A fact's field has the fact's own name; an event `at` has `at_on` (day) and `at_clock` (time of day)."""

    use_required_attribute = False

    def __init__(self, *args: Any, case: Any, plan: Planned, language: str, **kwargs: Any) -> None:
        self.case, self.composed, self.language = case, plan.composed, language
        self.facts = facts_used(plan.composed)
        self.events = events_used(plan.composed)
        self.missing = {
            *facts_missing(plan.rows),
            *events_missing(plan.composed, plan.rows, case.events),
        }
        super().__init__(*args, **{**kwargs, "initial": self._known()})
        for name in self.facts:
            self.fields[name] = _fact_field(plan.composed, plan.composed.fact[name], language)
        for name in self.events:
            self.fields |= _event_fields(str(say_label(plan.composed, f"event:{name}", language)), name)

    def _known(self) -> dict[str, object]:
        known = {name: self.case.facts.get(name, _nothing(self.composed.fact[name])) for name in self.facts}
        for name in self.events:
            if name in self.case.events:
                at = timezone.localtime(datetime.fromisoformat(self.case.events[name]))
                clock = "" if (at.hour, at.minute) == (0, 0) else at.strftime("%H:%M")
                known |= {f"{name}_on": at.date(), f"{name}_clock": clock}
        return known

    def missing_fields(self) -> Iterator[BoundField]:
        return (field for field in self if self._of(field.name) in self.missing)

    def other_fields(self) -> Iterator[BoundField]:
        return (field for field in self if self._of(field.name) not in self.missing)

    @staticmethod
    def _of(name: str) -> str:
        return name.removesuffix("_on").removesuffix("_clock")

    def clean(self) -> dict[str, Any]:
        for name in self.events:
            day, clock = self.cleaned_data.get(f"{name}_on"), self.cleaned_data.get(f"{name}_clock", "")
            if clock and not day:
                self.add_error(f"{name}_on", _("Skriv også dagen."))
            elif day and moment(day.isoformat(), clock) is None:
                self.add_error(f"{name}_clock", _("Skriv tiden som 14:30."))
        return self.cleaned_data

    def changes(self) -> tuple[dict[str, object], dict[str, datetime | None]]:
        """Only what is otherwise than the case has it. A fact nobody knows is "unknown", an event is None."""
        facts = {name: self._fact(name) for name in self.facts}
        events = {name: self._event(name) for name in self.events}
        return (
            {name: value for name, value in facts.items() if value != self.case.facts.get(name, UNKNOWN)},
            {name: at for name, at in events.items() if at != self._before(name)},
        )

    def _fact(self, name: str) -> object:
        value = self.cleaned_data.get(name)
        if value in (None, "", []):
            return UNKNOWN
        return value if isinstance(value, int | list) else str(value)

    def _event(self, name: str) -> datetime | None:
        day = self.cleaned_data.get(f"{name}_on")
        if not {f"{name}_on", f"{name}_clock"} & set(self.changed_data):
            return self._before(name)  # what was not touched keeps its seconds
        return moment(day.isoformat(), self.cleaned_data.get(f"{name}_clock", "")) if day else None

    def _before(self, name: str) -> datetime | None:
        at = self.case.events.get(name)
        return datetime.fromisoformat(at) if at else None


def _nothing(fact: Fact) -> object:
    if fact.kind is FactKind.CHOICES:
        return []
    return "" if fact.kind in (FactKind.NUMBER, FactKind.DATE, FactKind.TEXT) else UNKNOWN


def _fact_field(composed: Composed, fact: Fact, language: str) -> forms.Field:
    of = f"fact:{fact.id}"
    field = _of_kind(composed, fact)
    field.label = marked(say_label(composed, of, language))
    field.help_text = marked(say(composed, of, "help", language))
    return field


def _of_kind(composed: Composed, fact: Fact) -> forms.Field:
    if fact.kind is FactKind.NUMBER:
        return forms.IntegerField(required=False, min_value=0, max_value=10_000)
    if fact.kind is FactKind.DATE:
        return forms.DateField(required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    options = [(option.id, _(option.label)) for option in fact.values]
    if fact.kind is FactKind.CHOICES:
        named = options or [(one.id, one.name) for one in composed.pack.definitions]
        return forms.MultipleChoiceField(required=False, choices=named, widget=forms.CheckboxSelectMultiple)
    if fact.kind is FactKind.TEXT or (fact.kind is not FactKind.YES_NO and not options):
        return forms.CharField(required=False, max_length=500)
    if fact.kind is FactKind.YES_NO:
        options = [("yes", _("Ja")), ("no", _("Nej"))]
    return forms.ChoiceField(choices=[*options, (UNKNOWN, _("Ved ikke"))], widget=forms.RadioSelect)


def _event_fields(label: str, name: str) -> dict[str, forms.Field]:
    day = forms.DateField(
        label=label if name in DAYS else _("%(what)s: dag") % {"what": label},
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    if name in DAYS:
        return {f"{name}_on": day}
    return {
        f"{name}_on": day,
        f"{name}_clock": forms.CharField(
            label=_("%(what)s: klokken") % {"what": label},
            required=False,
            max_length=5,
            widget=forms.TextInput({"type": "time"}),
        ),
    }
