from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from vaern.cases.rules.report import is_web_address
from vaern.evidence.facts import CONTEXTS, Box, Said
from vaern.web.fields import ANSWERS, Clock, Day, OneOf, Words
from vaern.web.uploads import Files

SIDES = ("left", "top", "width", "height")

CONTEXT_WORDS = {
    "post": _("Et opslag"),
    "comment": _("En kommentar"),
    "profile": _("En profil"),
    "group": _("En gruppe eller side"),
    "story": _("En story eller andet, der forsvinder"),
    "message": _("En besked, mail eller sms"),
    "call": _("Et opkald"),
}
LABELS = {
    "url": _("Adresse (link)"),
    "context": _("Hvad viser det?"),
    "posted_on": _("Hvilken dag blev det lagt op eller sendt?"),
    "posted_at": _("Hvad var klokken?"),
    "taken_by": _("Hvem har taget billedet eller gemt det?"),
    "taken_with": _("Med hvilken telefon, computer eller app?"),
    "taken_on": _("Hvilken dag blev det taget eller gemt?"),
    "taken_at": _("Hvad var klokken, da det blev taget?"),
    "thread": _("Hvad stod der før og omkring?"),
    "group": _("Hvad hedder gruppen eller siden?"),
    "group_closed": _("Er gruppen lukket?"),
    "shares": _("Hvor mange havde delt det?"),
    "reactions": _("Hvor mange havde reageret på det?"),
}
assert LABELS.keys() == asdict(Said()).keys()


def _link(**said: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "autocapitalize": "off"})
    return forms.CharField(label=LABELS["url"], required=False, max_length=4000, widget=widget, **said)


class EvidenceForm(forms.Form):
    evidence = Files(label=_("Filer"), help_text=_("Skærmbilleder, fotos, PDF, e-mails eller video. Gerne flere."))
    note = forms.CharField(
        label=_("Hvad viser det?"),
        help_text=_("En kort tekst, så andre ikke behøver åbne det."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    url = _link(help_text=_("Adressen på opslaget eller profilen, hvis du har den."))

    def clean_url(self) -> str:
        """Here and not with the files: one address that is no good is one error, however many files come with it."""
        url = str(self.cleaned_data["url"]).strip()
        if url and not is_web_address(url):
            raise forms.ValidationError(_("Adressen skal begynde med https:// eller http://."))
        return url


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
    use_required_attribute = False  # the rule's own sentence is shown beside the field, not the browser's

    reason = Words(label=_("Hvorfor?"), lines=3, needed=True, max_length=1000)


class DescribeForm(forms.Form):
    """Few questions, none of them needed. The second half is folded on the page."""

    context = OneOf(
        label=LABELS["context"], choices=[*((one, CONTEXT_WORDS[one]) for one in CONTEXTS), ("unknown", _("Ved ikke"))]
    )
    url = _link()
    posted_on = Day(label=LABELS["posted_on"])
    posted_at = Clock(label=LABELS["posted_at"])
    taken_by = Words(label=LABELS["taken_by"], help_text=_("Skriv navnet, eller “ved ikke”."))
    taken_on = Day(label=LABELS["taken_on"])
    taken_at = Clock(label=LABELS["taken_at"])
    taken_with = Words(label=LABELS["taken_with"])
    thread = Words(
        label=LABELS["thread"], lines=4, help_text=_("For eksempel hvilket opslag kommentaren stod under. Kort er nok.")
    )
    group = Words(label=LABELS["group"])
    group_closed = OneOf(label=LABELS["group_closed"], choices=ANSWERS)
    shares = forms.CharField(
        label=LABELS["shares"], required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    reactions = forms.CharField(
        label=LABELS["reactions"], required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    seen = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput())

    def said(self) -> Said:
        given = {name: str(self.cleaned_data.get(name) or "").strip() for name in asdict(Said())}
        return Said(**given | {name: given[name] or "unknown" for name in ("context", "group_closed")})

    @property
    def first(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in FOLDED]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name in FOLDED]

    @property
    def unfolded(self) -> bool:
        """Whether something in the second half is filled in or wrong, so that it must not be hidden."""
        empty = ("", "unknown", None)
        return any(field.errors or field.value() not in empty for field in self.folded)


FOLDED = ("taken_with", "thread", "group", "group_closed", "shares", "reactions")


class SearchForm(forms.Form):
    word = forms.CharField(
        label=_("Ord eller sætning"),
        help_text=_("Store og små bogstaver er lige gode."),
        max_length=200,
    )


class PassphraseForm(forms.Form):
    passphrase = forms.CharField(
        label=_("Kodeord til filen"),
        help_text=_("Mindst 14 tegn. Skriv det ned: Værn gemmer det ikke, og uden det kan ingen åbne filen."),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
