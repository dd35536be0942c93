from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    address = forms.CharField(
        label=_("Sidens adresse"),
        help_text=_("Kopiér den fra din browser, f.eks. https://eksempel.dk/opslag."),
        max_length=4000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
