"""The forms of a referral. What is missing or too long, the rules say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vaern.referral.facts import Asked
from vaern.referral.rules import DAYS, SCOPES, SHORT_MAX, TEXT_MAX


class MakeForm(forms.Form):
    use_required_attribute = False

    recipient = forms.CharField(label=_("Hvem skal læse?"), max_length=SHORT_MAX, required=False)
    purpose = forms.CharField(
        label=_("Hvad skal det bruges til?"), required=False, max_length=TEXT_MAX, widget=forms.Textarea({"rows": 3})
    )
    scope = forms.MultipleChoiceField(
        label=_("Hvad må læses?"), required=False, choices=(), widget=forms.CheckboxSelectMultiple,
        help_text=_("Beviser er ikke med: de gives som en bevispakke."),
    )  # fmt: skip
    days = forms.IntegerField(label=_("Hvor mange dage?"), required=False, initial=DAYS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = self.fields["scope"]
        assert isinstance(scope, forms.MultipleChoiceField)
        scope.choices = [(value, gettext(words)) for value, words in SCOPES.items()]

    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(given["recipient"], given["purpose"], tuple(given["scope"]), given["days"] or 0)


class CodeForm(forms.Form):
    use_required_attribute = False

    code = forms.CharField(
        label=_("Koden"), help_text=_("Otte tal, som du har fået på en anden måde end adressen."), required=False,
        max_length=20, widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip
