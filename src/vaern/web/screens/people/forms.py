"""Forms of the house and the profile. What is allowed is decided by the rules of `people`, not here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vaern.people.facts import UnitLine
from vaern.web.people_words import ROLES

FILE_MAX = 1_000_000
"""Bytes of one CSV file on the page; larger ones go through the command line."""


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class UnitField(forms.TypedChoiceField):
    """A unit of the tree, each below its parent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def offer(self, tree: Iterable[UnitLine], empty: object | None = None) -> None:
        units = [(unit.id, f"{'– ' * unit.depth}{unit.name} ({unit.code})") for unit in tree]
        self.choices = [("", empty), *units] if empty is not None else units


class SpanForm(forms.Form):
    """From a day to a day; without the last one, until further notice."""

    from_date = forms.DateField(label=_("Fra og med"), widget=DayInput)
    to_date = forms.DateField(label=_("Til og med"), widget=DayInput, required=False)


class DeputyForm(SpanForm):
    user_id = forms.TypedChoiceField(label=_("Hvem"), coerce=int, widget=forms.RadioSelect)
    term = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("user_id",)

    def __init__(self, *args: Any, found: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [(one.user_id, _said(one)) for one in found]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was searched for only carries the list of people from page to page."""
        self.cleaned_data.pop("term", None)
        return self.cleaned_data


def _said(person: Any) -> str:
    return ", ".join(filter(None, (person.name, person.title, person.unit_name)))


class ProfileForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Sprog"), choices=(("da", "Dansk"), ("en", "English")), widget=forms.RadioSelect
    )
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)


class UserForm(forms.Form):
    name = forms.CharField(label=_("Navn"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), help_text=_("Den, personen logger ind med."), max_length=254)
    title = forms.CharField(label=_("Titel"), max_length=120, required=False)
    unit_id = UnitField(label=_("Enhed"))

    def __init__(self, *args: Any, tree: Iterable[UnitLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].offer(tree, "")  # type: ignore[attr-defined]


class PostForm(SpanForm):
    role = forms.ChoiceField(label=_("Rolle"), choices=tuple(ROLES.items()))
    unit_id = UnitField(label=_("Enhed"), help_text=_("Posten gælder for enheden og alt under den."))
    field_order = ("role", "unit_id")

    def __init__(self, *args: Any, tree: Iterable[UnitLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].offer(tree)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    to_date = forms.DateField(label=_("Sidste dag"), widget=DayInput)


class ChangeUnitForm(forms.Form):
    name = forms.CharField(label=_("Navn"), max_length=200)
    parent_id = UnitField(label=_("Hører under"), required=False)

    def __init__(self, *args: Any, tree: Iterable[UnitLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent_id"].offer(tree, _("Ingen (den øverste enhed)"))  # type: ignore[attr-defined]


class UnitForm(ChangeUnitForm):
    """The code is chosen once: by it the unit is recognised at the next import."""

    code = forms.CharField(label=_("Kode"), help_text=_("Den, som jeres lønsystem bruger."), max_length=60)
    field_order = ("code",)


class ImportForm(forms.Form):
    """At least one of the files."""

    units = forms.FileField(label=_("Fil med enheder"), required=False)
    people = forms.FileField(label=_("Fil med personer"), required=False)

    def clean(self) -> dict[str, Any]:
        given = [file for name in ("units", "people") if (file := self.cleaned_data.get(name))]
        if not given and not self.errors:
            raise ValidationError(_("Vælg mindst én fil."))
        if any(file.size > FILE_MAX for file in given):
            raise ValidationError(_("Filen er for stor til siden. Brug kommandoen people_import i stedet."))
        return self.cleaned_data


class SilenceForm(forms.Form):
    silence_days = forms.IntegerField(
        label=_("Dage uden nyt, før der kommer en alarm"),
        help_text=_("Så længe må der højst gå, uden at den ramte medarbejder hører noget."),
        min_value=1,
        max_value=60,
    )
    evidence_years = forms.IntegerField(
        label=_("Så mange år bliver beviser gemt, efter at sagen er afsluttet"),
        help_text=_("Tomt: så længe, som installationen er sat til. Ingen beviser kan slettes før."),
        min_value=1,
        max_value=100,
        required=False,
    )
