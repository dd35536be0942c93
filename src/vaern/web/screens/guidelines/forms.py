from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from vaern.guideline.pack import Pack


class AdoptForm(forms.Form):
    pack = forms.ChoiceField(label=_("Retningslinje"), widget=forms.RadioSelect())
    layers = forms.MultipleChoiceField(
        label=_("Lag ovenpå"),
        help_text=_("Et lag lægger noget til, som ikke står i retningslinjen, for eksempel lovens frister."),
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )

    def __init__(self, *args: Any, guidelines: dict[str, Pack], layers: dict[str, Pack], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, packs in (("pack", guidelines), ("layers", layers)):
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [(one, _titled(pack)) for one, pack in packs.items()]


def _titled(pack: Pack) -> str:
    return f"{pack.pack.title} ({pack.pack.organisation}, {pack.pack.version})"
