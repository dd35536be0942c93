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


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Besked til din leder"),
        help_text=_("Dem, der har sagen, kan læse den."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
        required=False,
    )
