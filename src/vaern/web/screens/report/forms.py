"""The four steps of the report as forms. They read what was typed; nothing is judged here but its shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vaern.cases.facts import ReportData
from vaern.guideline.pack import Fact, FactKind
from vaern.people.facts import Person
from vaern.web.fields import ANSWERS, Clock, Day, OneOf, Somebody, Words
from vaern.web.screens.report import words
from vaern.web.uploads import Camera, Files

NOBODY = ""


class WhatForm(forms.Form):
    affected_name = Words(help_text=_("Skriv navn eller e-mail."), needed=True)
    affected_id = Somebody(label=_("Er det en af dem?"))
    searched = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput())
    danger_now = OneOf(label=words.DANGER, choices=ANSWERS)
    what = Words(lines=6, needed=True)

    def __init__(self, *args: Any, who: str, found: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].label = words.WHAT[who]
        self.fields["what"].help_text = words.WHAT_HELP[who]
        if who == "me":
            for name in ("affected_name", "affected_id", "searched"):
                del self.fields[name]
            return
        self.fields["affected_name"].label = words.AFFECTED[who]
        choices = [(person.user_id, _described(person)) for person in found]
        if choices:
            nobody = gettext("Ingen af dem. Brug navnet, som jeg skrev det")
            _offer(self.fields["affected_id"], [*choices, (NOBODY, nobody)])
        else:
            del self.fields["affected_id"]


class EvidenceForm(forms.Form):
    files = Files(  # type: ignore[assignment]  # a field, taken out of the class before the form has its files
        label=_("Vælg billeder eller filer"),
        help_text=_("Skærmbilleder er bedst. Du kan vælge flere. Få det hele med: navn, dato og kommentarer."),
    )
    camera = Camera(label=_("Eller tag et billede nu"), help_text=_("For eksempel af skærmen på en computer."))
    platform = forms.ChoiceField(
        label=_("Hvor er det sket?"), required=False, error_messages={"invalid_choice": _("Vælg et af svarene.")}
    )
    link = forms.CharField(
        label=_("Link til det"),
        required=False,
        max_length=4000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "autocapitalize": "off"}),
    )
    posted_on = Day(label=_("Hvilken dag blev det lagt op?"), help_text=_("Ved du det ikke, så lad det stå tomt."))
    posted_at = Clock(label=_("Hvad var klokken?"))
    discovered_on = Day(label=_("Hvilken dag blev det opdaget?"))
    discovered_at = Clock(label=_("Hvad var klokken, da det blev opdaget?"))
    still_online = OneOf(label=_("Ligger det der stadig?"), choices=ANSWERS)

    def __init__(self, *args: Any, facts: Mapping[str, Fact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["platform"], [("unknown", gettext("Ved ikke")), *_values(facts["platform"])])


class KindForm(forms.Form):
    category = forms.MultipleChoiceField(
        label=_("Hvad passer på det, der er sket?"),
        help_text=_("Vælg gerne flere. Du tager ikke fejl: det er kun en hjælp til den, der læser."),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    author_known = OneOf(label=_("Ved du, hvem der har skrevet det?"), choices=ANSWERS)
    author = Words(
        label=_("Navn eller profil"),
        lines=2,
        help_text=_("Skriv det, som det står. Du skal ikke lede efter noget."),
    )
    author_relation = forms.ChoiceField(label=_("Den, der har skrevet, er"), required=False)

    def __init__(
        self,
        *args: Any,
        definitions: Mapping[str, str],
        facts: Mapping[str, Fact],
        own: Iterable[tuple[Fact, str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        unknown = ("unknown", gettext("Ved ikke"))
        if definitions:
            _offer(self.fields["category"], [*definitions.items(), unknown])
        else:
            del self.fields["category"]
        _offer(self.fields["author_relation"], [unknown, *_values(facts["author_relation"])])
        for fact, label, help_text in own:
            self.fields[f"fact_{fact.id}"] = _field_of(fact, label=label, help_text=help_text)

    def facts(self) -> dict[str, object]:
        """Answers to the guideline's own questions, by the fact's id. One that cannot be read now stays as it was."""
        names = [name for name in self.fields if name.startswith("fact_")]
        given = {name[5:]: self.cleaned_data.get(name, self.initial.get(name)) for name in names}
        return {name: value for name, value in given.items() if value not in (None, "", [], "unknown")}


class YouForm(forms.Form):
    impact = Words(label=_("Hvordan har du det?"), lines=4, help_text=_("Du kan også vente med at skrive det."))
    needs_practical = Words(
        label=_("Hvad har du brug for i det praktiske?"),
        lines=3,
        help_text=_("For eksempel at en anden tager telefonen, eller at du ikke er alene på vagten."),
    )
    needs_psychological = Words(
        label=_("Har du brug for nogen at tale med?"),
        lines=3,
        help_text=_("For eksempel din leder, en kollega eller en psykolog."),
    )
    manager_id = Somebody()
    manager_away = OneOf(choices=(), empty="")

    def __init__(self, *args: Any, who: str, managers: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if who != "me":
            for name in ("impact", "needs_practical", "needs_psychological"):
                del self.fields[name]
        manager, away = self.fields["manager_id"], self.fields["manager_away"]
        manager.label, away.label = words.MANAGER[who], words.AWAY[who]
        _offer(manager, list(managers))
        _offer(away, words.AWAY_CHOICES[who])


def _offer(field: Any, choices: Sequence[tuple[object, object]]) -> None:
    field.choices = choices


def _described(person: Person) -> str:
    return ", ".join(part for part in (person.name, person.title, person.unit_name) if part)


def _values(fact: Fact) -> list[tuple[str, str]]:
    """Værn's own words, translated; a guideline's are as the guideline has them."""
    return [(option.id, gettext(option.label)) for option in fact.values]


def _field_of(fact: Fact, **said: Any) -> forms.Field:
    """A question the guideline asks itself. Every one may be left unanswered."""
    if fact.kind is FactKind.YES_NO:
        return OneOf(choices=ANSWERS, **said)
    if fact.kind is FactKind.NUMBER:
        return forms.IntegerField(min_value=0, max_value=10**6, required=False, **said)
    if fact.kind is FactKind.DATE:
        return Day(strict=True, **said)
    if fact.kind is FactKind.TEXT:
        return Words(lines=3, max_length=2000, **said)
    choices = [(option.id, f"{option.label}: {option.help}" if option.help else option.label) for option in fact.values]
    if fact.kind is FactKind.CHOICES:
        widget = forms.CheckboxSelectMultiple()
        return forms.MultipleChoiceField(choices=choices, required=False, widget=widget, **said)
    return OneOf(choices=[*choices, ("unknown", _("Ved ikke"))], **said)


def initial_of(data: ReportData) -> dict[str, object]:
    """What the draft already says, as a form's first values."""
    given = {name: getattr(data, name) for name in ReportData.__dataclass_fields__ if name != "facts"}
    given["searched"] = data.affected_name
    return {**given, "category": list(data.category), **{f"fact_{name}": v for name, v in data.facts.items()}}
