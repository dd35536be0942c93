from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vaern.guideline.pack import Pack
from vaern.web.guideline_texts import Said
from vaern.web.templatetags.guideline import marked


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
    head = pack.pack
    title = Said(head.title, "" if head.language == get_language() else head.language)
    return format_html("{} ({}, {})", marked(title), head.organisation, head.version)
