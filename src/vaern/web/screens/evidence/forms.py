from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from vaern.web.uploads import Files


class EvidenceForm(forms.Form):
    evidence = Files(label=_("Filer"), help_text=_("Skærmbilleder, fotos, PDF, e-mails eller video. Gerne flere."))
    note = forms.CharField(
        label=_("Hvad viser det?"),
        help_text=_("En kort tekst, så andre ikke behøver åbne det."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
