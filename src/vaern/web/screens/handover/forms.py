"""The forms of a handover. What is missing or too long, the rules say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vaern.handover.facts import Field, Sheet
from vaern.handover.rules import CHANNELS, LINE_MAX, REFERENCE_MAX, TEXT_MAX

WAYS = {
    "https": _("Send det nu direkte til systemet"),
    "sftp": _("Læg det nu på den aftalte server"),
    "drop": _("Læg det nu i den aftalte mappe"),
    "mail": _("Send det nu som mail til den aftalte adresse"),
}


class _Judged(forms.Form):
    """A form whose empty fields are judged by the rules, so that each thing is said once."""

    use_required_attribute = False


class StartForm(_Judged):
    channel = forms.ChoiceField(label=_("Hvad vil du udfylde?"), widget=forms.RadioSelect)
    duty = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["channel"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(one.id, f"{gettext(one.title)}: {gettext(one.takes)}") for one in CHANNELS.values()]


class FillForm(_Judged):
    """One field for each of the other system's, in its order, with its own words. Nothing is required here: a sheet is
    kept with holes in it, and the page says what is missing."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in sheet.lines:
            made = _field(line.field)
            made.initial = line.value
            self.fields[line.field.id] = made

    def answers(self) -> dict[str, str]:
        """As typed, with days in the way they travel (ISO 8601)."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value or "" for name, value in given.items()
        }


def _field(field: Field) -> forms.Field:
    help_text = gettext(field.help) if field.help else ""
    words: dict[str, Any] = {"label": gettext(field.label), "help_text": help_text, "required": False}
    if field.kind == "day":
        return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **words)
    if field.kind == "choice":
        options = [("", gettext("Vælg")), *((value, gettext(label)) for value, label in field.choices)]
        return forms.ChoiceField(choices=options, **words)
    if field.kind == "text":
        return forms.CharField(widget=forms.Textarea({"rows": 5}), validators=[MaxLengthValidator(TEXT_MAX)], **words)
    return forms.CharField(max_length=LINE_MAX, **words)


class SendForm(_Judged):
    way = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Hvorfor må det sendes med det, der er fundet?"), widget=forms.Textarea({"rows": 3}), required=False,
        validators=[MaxLengthValidator(TEXT_MAX)],
    )  # fmt: skip

    def __init__(self, *args: Any, found: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not found:
            del self.fields["reason"]


class ConfirmForm(_Judged):
    reference = forms.CharField(label="", max_length=REFERENCE_MAX, required=False)
    received_on = forms.DateField(
        label=_("Hvilken dag?"), help_text=_("Tom betyder i dag."), required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].label = label


class FollowUpForm(_Judged):
    field = forms.CharField(widget=forms.HiddenInput, required=False)
    answer = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 3}), validators=[MaxLengthValidator(TEXT_MAX)]
    )

    def __init__(self, data: Any = None, *, question: str, of: str) -> None:
        """`of`: the field of the sheet it is about; several stand on one page, and each has its own ids."""
        super().__init__(data, auto_id=f"{of}_%s", initial={"field": of})
        self.fields["answer"].label = question
