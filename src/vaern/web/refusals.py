"""Refusals of the rules, as sentences beside the fields of a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.forms import BaseForm
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vaern.core.refusal import Refusal

Titles = Mapping[str, str]
"""What the guideline calls its duties, and what they are called in the reader's language."""


def say_refusal(refusal: Refusal, titles: Titles = MappingProxyType({})) -> str:
    """The refusal in the reader's language, with the clauses behind it: “… (punkt B25, B26)”. Rules know one language,
    so the duties they name are put into the reader's here."""
    text = _(refusal.message) % {name: _retitled(value, titles) for name, value in refusal.params.items()}
    return f"{text} ({say_clauses(refusal.clauses)})" if refusal.clauses else text


def _retitled(value: object, titles: Titles) -> object:
    """A list of Værn's own words is said in the reader's language; a duty by what the guideline calls it there."""
    if isinstance(value, tuple):
        return ", ".join(_(one) for one in value)
    if not isinstance(value, str):
        return value
    for own in sorted(titles, key=len, reverse=True):
        value = value.replace(own, titles[own])
    return value


def say_clauses(clauses: Iterable[str]) -> str:
    """“punkt B25”, or “punkterne B25, B26”; empty for none."""
    numbers = tuple(clauses)
    if not numbers:
        return ""
    return ngettext("punkt %(numbers)s", "punkterne %(numbers)s", len(numbers)) % {"numbers": ", ".join(numbers)}


def put_in_form(
    form: BaseForm,
    refusals: Iterable[Refusal],
    names: Mapping[str, str] | None = None,
    titles: Titles = MappingProxyType({}),
) -> None:
    """Puts each refusal beside its field of the bound `form`, or above the form when it has no such field.

    `names`: where the form calls a field otherwise than the rule does.
    """
    form.is_valid()  # a form must have been cleaned before an error can be added to it
    for refusal in refusals:
        field = (names or {}).get(refusal.field, refusal.field)
        form.add_error(field if field in form.fields else None, say_refusal(refusal, titles))
