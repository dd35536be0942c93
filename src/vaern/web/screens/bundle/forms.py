"""The two forms of a bundle. What is missing or too short, the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from vaern.bundle.facts import Asked
from vaern.bundle.rules import PASSPHRASE_MIN, PURPOSE_MAX, RECIPIENT_MAX


class _Judged(forms.Form):
    """A form whose empty texts are judged by the rules, so that each thing is said once."""

    use_required_attribute = False
    judged: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.judged:
            self.fields[name].validate = lambda value: None  # type: ignore[method-assign]


class MakeForm(_Judged):
    """`items` is told as (id, words) of everything that can be handed out, `covered` of what has a masked copy."""

    judged = ("purpose", "recipient")

    purpose = forms.CharField(
        label=_("Hvad skal pakken bruges til?"),
        help_text=_("For eksempel: politianmeldelse af trusler den 3. november."),
        max_length=PURPOSE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    recipient = forms.CharField(
        label=_("Hvem skal have den?"),
        help_text=_("Navn og sted, for eksempel: Østjyllands Politi, borgerbetjeningen."),
        max_length=RECIPIENT_MAX,
    )
    items = forms.TypedMultipleChoiceField(
        label=_("Hvilke beviser skal med?"),
        error_messages={
            "required": _("Vælg mindst ét bevis."),
            "invalid_choice": _("Et af beviserne er ikke længere på sagen. Se listen igennem, og prøv igen."),
        },
        widget=forms.CheckboxSelectMultiple,
    )
    originals = forms.TypedMultipleChoiceField(
        label=_("Send originalen af disse i stedet for den maskerede udgave"),
        help_text=_("Lad dem stå tomme, hvis modtageren ikke har brug for at se det, der er dækket."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why_originals = forms.CharField(
        label=_("Hvorfor skal originalen med?"),
        max_length=PURPOSE_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, items: Sequence[tuple[str, str]], covered: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("items", items), ("originals", covered)):
            field: Any = self.fields[name]
            field.choices, field.coerce = choices, UUID
        if not covered:
            del self.fields["originals"], self.fields["why_originals"]

    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(
            items=tuple(given["items"]),
            originals=tuple(given.get("originals", ())),
            purpose=given["purpose"],
            recipient=given["recipient"],
            why_originals=given.get("why_originals", ""),
        )


class TakeForm(_Judged):
    """`covered`: something in it was covered since it was made."""

    judged = ("passphrase", "again", "key", "why")

    why = forms.CharField(
        label=_("Hvorfor skal den ud, selv om noget i den er dækket siden?"),
        max_length=PURPOSE_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    how = forms.ChoiceField(
        label=_("Hvordan skal den sendes?"),
        choices=[
            ("passphrase", _("Låst med et kodeord, som du ringer til modtageren med")),
            ("key", _("Låst til modtagerens offentlige nøgle")),
            ("plain", _("Uden lås, fordi den bliver afleveret i hånden eller ad en sikker vej")),
        ],
        initial="passphrase",
        widget=forms.RadioSelect,
    )
    passphrase = forms.CharField(
        label=_("Kodeord"),
        help_text=_("Hvis du låser med et kodeord. Send det aldrig samme vej som filen. Værn gemmer det ikke."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Kodeordet igen"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    key = forms.CharField(
        label=_("Modtagerens offentlige nøgle"),
        help_text=_("Hvis du låser til en nøgle. Den begynder med “age1”, “ssh-ed25519” eller “ssh-rsa”."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, covered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not covered:
            del self.fields["why"]
        least = {"least": PASSPHRASE_MIN}
        self.fields["passphrase"].label = _("Kodeord, mindst %(least)s tegn") % least
