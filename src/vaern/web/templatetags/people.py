"""Filters of the people pages: roles, days and refused lines in words."""

from __future__ import annotations

from django import template
from django.utils import formats
from django.utils.translation import gettext as _

from vaern.people.facts import Span
from vaern.people.rules import RefusedLine
from vaern.web.people_words import FILES, ROLES

register = template.Library()


@register.filter
def role_word(role: str) -> object:
    """“Leder” for "manager"."""
    return ROLES[role]


@register.filter
def days(span: Span) -> str:
    """“fra 3. marts 2026”, or with the last day."""
    first = formats.date_format(span.from_date, "DATE_FORMAT")
    if span.to_date is None:
        return _("fra %(first)s") % {"first": first}
    return _("fra %(first)s til %(last)s") % {
        "first": first,
        "last": formats.date_format(span.to_date, "DATE_FORMAT"),
    }


@register.filter
def file_word(file: str) -> object:
    return FILES[file]


@register.filter
def reason(refused: RefusedLine) -> str:
    """Why a line was not taken, in the reader's language."""
    return _(refused.reason) % refused.params


@register.filter
def steps(depth: int) -> str:
    """How deep a unit lies, as dashes before its name."""
    return "– " * depth
