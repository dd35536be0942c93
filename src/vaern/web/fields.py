"""Form fields that take what a phone or a person writes; what is wrong with it, the rules say."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

ANSWERS = [("yes", _("Ja")), ("no", _("Nej")), ("unknown", _("Ved ikke"))]


class Words(forms.CharField):
    """A text. Browsers send each line break as two characters; kept as one.

    A long text has no limit here: a counter of characters is nothing to meet for somebody upset, and the rule refuses
    what is far too long. `needed` marks the field as one that must be answered, without refusing it here: a draft may
    be saved with holes, and the rule's own sentence is the one shown.
    """

    def __init__(self, *, lines: int = 1, needed: bool = False, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
        super().__init__(**{"widget": widget, "max_length": None if lines > 1 else 200, **kwargs, "required": needed})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")

    def validate(self, value: Any) -> None:
        """Missing is not refused here."""


class OneOf(forms.ChoiceField):
    """Radio buttons. No answer is saved as `empty`, so that none need be marked as optional."""

    def __init__(self, *, choices: Any, empty: str = "unknown", **kwargs: Any) -> None:
        self.empty = empty
        super().__init__(choices=choices, widget=forms.RadioSelect(), **kwargs)

    def validate(self, value: Any) -> None:
        if value and not self.valid_value(value):
            super().validate(value)

    def clean(self, value: Any) -> str:
        return super().clean(value) or self.empty


class Somebody(forms.TypedChoiceField):
    """One of the people offered, by id; None when nobody was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        said = {"invalid_choice": _("Vælg en af dem, der står her.")}
        super().__init__(coerce=int, empty_value=None, widget=forms.RadioSelect(), error_messages=said, **kwargs)

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class Day(forms.CharField):
    """A date, saved as ISO where it can be read: phones send ISO, a browser without a calendar what was typed.
    What cannot be read is kept as it is, for the rule to refuse and the person to see; `strict` where no rule does."""

    widget = forms.DateInput(attrs={"type": "date"})

    def __init__(self, *, strict: bool = False, **kwargs: Any) -> None:
        self.strict = strict
        super().__init__(**kwargs, required=False, max_length=40)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        found = re.fullmatch(r"(\d{1,2})[./\- ]+(\d{1,2})[./\- ]+(\d{4})", text)
        day = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text
        if self.strict and day and not is_day(day):
            raise forms.ValidationError(_("Skriv datoen igen, for eksempel 21.11.2026."))
        return day


def is_day(text: str) -> bool:
    """Whether it is a day of the calendar, in ISO form."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class Clock(forms.CharField):
    """A time of day; 14.30 and 14:30 are the same."""

    widget = forms.TimeInput(attrs={"type": "time"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, required=False, max_length=20)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        found = re.fullmatch(r"(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?", text)
        return f"{int(found[1]):02}:{found[2]}" if found else text
