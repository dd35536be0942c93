from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from vaern.evidence.facts import Box
from vaern.web.uploads import Files

SIDES = ("left", "top", "width", "height")


class EvidenceForm(forms.Form):
    evidence = Files(label=_("Filer"), help_text=_("Skærmbilleder, fotos, PDF, e-mails eller video. Gerne flere."))
    note = forms.CharField(
        label=_("Hvad viser det?"),
        help_text=_("En kort tekst, så andre ikke behøver åbne det."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BoxForm(forms.Form):
    """One box, in percent of the picture. All four numbers or none: an empty row covers nothing."""

    left = forms.DecimalField(label=_("Fra venstre"), min_value=0, max_value=100)
    top = forms.DecimalField(label=_("Fra toppen"), min_value=0, max_value=100)
    width = forms.DecimalField(label=_("Bredde"), min_value=0, max_value=100)
    height = forms.DecimalField(label=_("Højde"), min_value=0, max_value=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in SIDES:
            field = self.fields[side]
            field.required = False
            field.widget.attrs.update({"step": "any", "class": "vaern-percent", "data-side": side})

    def clean(self) -> dict[str, Any]:
        given = [self.cleaned_data.get(side) for side in SIDES]
        if any(one is not None for one in given) and None in given and not self.errors:
            raise forms.ValidationError(_("Skriv alle fire tal, eller tøm dem alle."))
        return self.cleaned_data

    @property
    def box(self) -> Box | None:
        given = [self.cleaned_data.get(side) for side in SIDES]
        return None if None in given else Box(*(round(Decimal(one) * 100) for one in given if one is not None))


BoxesForm = forms.formset_factory(BoxForm, extra=3, max_num=200, absolute_max=200)


def boxes_of(rows: Any) -> list[Box]:
    """Of a bound `BoxesForm`: the rows that say a box."""
    return [form.box for form in rows.forms if form.is_valid() and form.box is not None]


def faults_of(rows: Any) -> list[str]:
    """Each fault with the number of its box, for the summary on top of the page."""
    wrong = [(number, form) for number, form in enumerate(rows.forms, start=1) if form.errors]
    told = [(number, text) for number, form in wrong for texts in form.errors.values() for text in texts]
    said = [_now("Felt %(number)s: %(text)s") % {"number": number, "text": text} for number, text in told]
    return said or [str(text) for text in rows.non_form_errors()]


def percent(box: Box) -> dict[str, str]:
    """The four numbers as they are typed: “12.5”."""
    return {side: f"{Decimal(getattr(box, side)) / 100:f}" for side in SIDES}


class MaskForm(forms.Form):
    phrases = forms.CharField(
        label=_("Ord, der skal dækkes"),
        help_text=_(
            "Ét navn, nummer eller udtryk på hver linje. Det bliver dækket alle de steder, det står. Skriv også andre "
            "måder, det er skrevet på, for eksempel kælenavne."
        ),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    note = forms.CharField(
        label=_("Hvad viser den maskerede udgave?"),
        help_text=_("Skriv ingen navne, der ikke må læses af alle på sagen."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, picture: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if picture:
            del self.fields["phrases"]


class SetAsideForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
