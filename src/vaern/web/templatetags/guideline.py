"""Filters for what a guideline says."""

from __future__ import annotations

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from vaern.guideline.problem import Problem
from vaern.web.guideline_texts import Said

register = template.Library()


@register.filter
def marked(said: Said | str) -> SafeString:
    """The text, inside <span lang> when it is in another language than the page."""
    if isinstance(said, Said) and said.lang and said.text:
        return format_html('<span lang="{}">{}</span>', said.lang, said.text)
    return escape(str(said))


@register.filter
def sentence(said: Said | str) -> SafeString:
    """A title as a sentence of its own: with a full stop, unless it is a question or has its own."""
    text = str(said)
    return format_html("{}{}", marked(said), "" if text.endswith((".", "?", "!", ":")) else ".")


@register.filter
def faulty(problem: Problem) -> str:
    """What is wrong with a pack and where, in the reader's language."""
    sentence = gettext(problem.reason) % problem.params if problem.params else gettext(problem.reason)
    return ": ".join(part for part in (problem.file, problem.place, sentence) if part)


@register.filter
def dialled(phone: str) -> str:
    """A phone number as the address of a call: digits, and a plus in front where there is one."""
    digits = "".join(character for character in phone if character.isdigit())
    return f"+{digits}" if phone.strip().startswith("+") else digits
