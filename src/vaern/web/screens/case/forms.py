"""The small forms of a case. What is missing or too long, the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from vaern.cases.rules import BRINGABLE
from vaern.people.facts import Person
from vaern.web.templatetags.case import role_name


def text_field(label: Any, help_text: Any = "", rows: int = 4, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, widget=forms.Textarea({"rows": rows}))


class Judged(forms.Form):
    """A form whose empty fields are judged by the rules, so that each thing is said once."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.validate = lambda value: None  # type: ignore[method-assign]


class MessageForm(Judged):
    text = text_field(_("Besked til medarbejderen"), _("Medarbejderen kan læse den med det samme."))


class ToHandlersForm(Judged):
    text = text_field(_("Besked til dem, der har sagen"))


class NoteForm(Judged):
    text = text_field(
        _("Internt notat"), _("Kun de, der behandler sagen, kan læse det. Medarbejderen ser det ikke i Værn.")
    )


class CloseForm(Judged):
    words = text_field(
        _("Sidste ord til medarbejderen"),
        _("Skriv, hvordan sagen endte, og hvem medarbejderen kan gå til, hvis der kommer mere."),
    )


class ReasonForm(Judged):
    reason = text_field(_("Hvorfor?"), rows=3)


class FindForm(Judged):
    """Found by name first, then chosen. Both in one form, so that nothing typed is lost between."""

    term = forms.CharField(label=_("Navn eller e-mail"), max_length=200, help_text=_("Skriv navnet, og find personen."))
    user = forms.TypedChoiceField(label=_("Hvem?"), coerce=int, widget=forms.RadioSelect, empty_value=None)

    def __init__(self, *args: Any, found: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["user"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(one.user_id, _who(one)) for one in found]
        if not found:
            del self.fields["user"]


class ShutOutForm(FindForm):
    reason = text_field(_("Hvorfor?"), _("Medarbejderen og de, der har sagen, kan læse det."), rows=3)


class BringInForm(FindForm):
    role = forms.ChoiceField(
        label=_("Som hvad?"),
        # Asked at each request: at import there is no reader yet whose language it could be in.
        choices=lambda: [(role, capfirst(role_name(role))) for role in BRINGABLE],
        widget=forms.Select,
    )
    reason = text_field(_("Hvorfor?"), _("Medarbejderen kan læse det."), rows=3)


def _who(one: Person) -> str:
    return ", ".join(part for part in (one.name, one.title, one.unit_name) if part)
