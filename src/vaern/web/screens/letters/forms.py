"""The forms of a letter. What is missing or too long, the rules say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vaern.evidence.facts import Item
from vaern.letters.facts import Letter, Written
from vaern.letters.rules import AUTHOR, SHORT_MAX, TEXT_MAX


class _Judged(forms.Form):
    """A form whose empty fields are judged by the rules, so that each thing is said once."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "seen":
                field.validate = lambda value: None  # type: ignore[method-assign]


def _long(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=widget, validators=[MaxLengthValidator(TEXT_MAX)])


class DraftForm(_Judged):
    template = forms.ChoiceField(label=_("Hvilket brev?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["template"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = list(offered)


class WriteForm(_Judged):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    recipient = forms.CharField(label=_("Hvem er brevet til?"), max_length=SHORT_MAX)
    address = _long(_("Modtagerens adresse"), _("Kun hvis brevet skal sendes med posten."), rows=3)
    email = forms.EmailField(
        label=_("Modtagerens mailadresse"), help_text=_("Kun hvis brevet skal sendes som mail."), required=False
    )
    subject = forms.CharField(label=_("Hvad handler brevet om?"), max_length=SHORT_MAX)
    text = _long(
        _("Brevet"),
        _("En tom linje laver et nyt afsnit. Begynd en linje med ## for en overskrift, og med - for et punkt."),
        rows=18,
    )
    answer_by = forms.DateField(
        label=_("Hvornår beder du om svar?"),
        help_text=_("Kun hvis der står en frist i brevet."),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    enclosures = forms.MultipleChoiceField(
        label=_("Skal noget bevis med som bilag?"),
        help_text=_("Er der lavet en maskeret udgave, er det den, der går med. Se selv på hvert billede først."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    grounds = _long(
        _("Din vurdering af grundlaget"),
        _("Står ikke i brevet. Skriv, hvad der er skrevet, og hvorfor det giver grund til et brev."),
    )

    def __init__(self, *args: Any, letter: Letter, enclosable: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["enclosures"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(str(one.id), _named(one)) for one in enclosable]
        if not enclosable:
            del self.fields["enclosures"]
        self.fields["text"].widget.attrs["lang"] = self.fields["subject"].widget.attrs["lang"] = letter.language
        if letter.to != AUTHOR:
            self.fields["grounds"].help_text = _("Står ikke i brevet. Skriv den, hvis andre skal kunne forstå hvorfor.")

    def written(self) -> Written:
        given = {
            name: self.cleaned_data.get(name) or ""
            for name in Written.__dataclass_fields__
            if name not in {"answer_by", "enclosures"}
        }
        given["text"] = given["text"].replace("\r\n", "\n")
        enclosures = tuple(self.cleaned_data.get("enclosures") or ())
        return Written(**given, answer_by=self.cleaned_data.get("answer_by"), enclosures=enclosures)


def _named(item: Item) -> str:
    """As the page of the case calls it."""
    return gettext("Bevis %(number)s: %(name)s") % {"number": item.number, "name": item.name}


class ApproveForm(_Judged):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = _long(_("Hvorfor må brevet sendes med det, der er fundet?"), rows=3)

    def __init__(self, *args: Any, found: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not found:
            del self.fields["reason"]


BY = {
    "print": _("Jeg har selv sendt det (post, Digital Post eller afleveret)"),
    "email": _("Send det nu som mail herfra"),
    "digital_post": _("Send det nu som Digital Post herfra"),
}


class SendForm(_Judged):
    how = forms.ChoiceField(label=_("Hvordan bliver brevet sendt?"), widget=forms.RadioSelect)
    sent_on = forms.DateField(
        label=_("Hvilken dag er det sendt?"),
        help_text=_("Tom betyder i dag."),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    number = forms.CharField(
        label=_("Modtagerens CPR- eller CVR-nummer"),
        help_text=_("Kun til Digital Post. Nummeret bliver ikke gemt andre steder end i den forseglede besked."),
        required=False,
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    note = _long(
        _("Kvittering eller bemærkning"),
        _("For eksempel nummeret på et anbefalet brev, eller at det gik med Digital Post."),
        rows=2,
    )

    def __init__(self, *args: Any, ways: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        how = self.fields["how"]
        assert isinstance(how, forms.ChoiceField)
        how.choices = [(way, words) for way, words in BY.items() if way in ways]
        if "digital_post" not in ways:
            del self.fields["number"]


class ConfirmForm(_Judged):
    confirmed_as = forms.ChoiceField(
        label=_("Hvad skete der med brevet?"),
        widget=forms.RadioSelect,
        choices=[
            ("delivered", _("Det er kommet frem")),
            ("returned", _("Det kom retur")),
            ("answered", _("Der er kommet svar")),
        ],
    )
    note = _long(_("Hvad ved du?"), _("For eksempel hvad der stod i svaret."), rows=3)
