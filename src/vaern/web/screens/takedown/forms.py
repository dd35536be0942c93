"""The forms of a watch. What is missing or too long, the rules say."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vaern.takedown.facts import Asked
from vaern.takedown.rules import ADDRESS_MAX, NOTE_MAX, STANDINGS, STEPS


class _Judged(forms.Form):
    """A form whose empty fields are judged by the rules, so that each thing is said once."""

    use_required_attribute = False


class StartForm(_Judged):
    address = forms.CharField(label=_("Adressen på opslaget"), max_length=ADDRESS_MAX, required=False)
    step = forms.ChoiceField(
        label=_("Hvem er bedt om at fjerne det?"), widget=forms.RadioSelect, required=False, choices=()
    )
    asked_on = forms.DateField(
        label=_("Hvilken dag blev de bedt om det?"), help_text=_("Tom betyder nu."), required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    by_server = forms.BooleanField(
        label=_("Lad også Værn se efter"), required=False,
        help_text=_("Kun for sider, som alle kan se uden at logge ind. Værn ser efter sjældnere og sjældnere."),
    )  # fmt: skip

    def __init__(self, *args: Any, server: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step = self.fields["step"]
        assert isinstance(step, forms.ChoiceField)
        step.choices = [(value, gettext(words)) for value, words in STEPS.items()]
        if not server:
            del self.fields["by_server"]

    def asked(self, now: datetime) -> Asked:
        day = self.cleaned_data.get("asked_on")
        moment = now if day in (None, timezone.localdate(now)) else _noon(day)
        given = self.cleaned_data
        return Asked(given["address"].strip(), given["step"], moment, bool(given.get("by_server")))


def _noon(day: Any) -> datetime:
    return datetime.combine(day, time(12), timezone.get_current_timezone())


class LookForm(_Judged):
    standing = forms.ChoiceField(label=_("Hvad så du?"), widget=forms.RadioSelect, required=False, choices=())
    note = forms.CharField(
        label=_("Hvad er anderledes?"), help_text=_("Kun hvis det er ændret."), required=False, max_length=NOTE_MAX,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = self.fields["standing"]
        assert isinstance(standing, forms.ChoiceField)
        standing.choices = [(value, gettext(words)) for value, words in STANDINGS.items()]


class EndForm(_Judged):
    note = forms.CharField(
        label=_("Hvorfor skal der ikke holdes øje mere?"), required=False, max_length=NOTE_MAX,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
