from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AccountForm(forms.Form):
    text = forms.CharField(
        label=_("Skriv, hvad du husker"),
        help_text=_("Det, du har skrevet før, bliver stående."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        required=False,
    )


class NeedsForm(forms.Form):
    """All optional: one answer is enough."""

    impact = forms.CharField(
        label=_("Hvordan har du det?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=20_000, required=False
    )
    needs_practical = forms.CharField(
        label=_("Hvad har du brug for i det praktiske?"),
        help_text=_("Fx fri, en anden vagtplan, følgeskab, et nyt telefonnummer eller dit navn ud af en liste."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
        required=False,
    )
    needs_psychological = forms.CharField(
        label=_("Hvad ville gøre det lettere at være i?"),
        help_text=_("Fx krisehjælp, en samtale, eller at nogen ringer i aften."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
        required=False,
    )


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Besked til din leder"),
        help_text=_("Dem, der har sagen, kan læse den."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
        required=False,
    )
