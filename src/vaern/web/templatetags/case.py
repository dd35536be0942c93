"""Filters for who is in a case and what was done in it."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vaern.journal.rules import ACTS

register = template.Library()

ROLE_NAMES: dict[str, str | Promise] = {
    "affected": gettext_lazy("den ramte medarbejder"),
    "reporter": gettext_lazy("har meldt det"),
    "manager": gettext_lazy("leder"),
    "managers_manager": gettext_lazy("lederens leder"),
    "above": gettext_lazy("niveauet over"),
    "amr": gettext_lazy("arbejdsmiljørepræsentant"),
    "tr": gettext_lazy("tillidsrepræsentant"),
    "secretariat": gettext_lazy("sekretariatet"),
    "head_of_authority": gettext_lazy("myndighedschef"),
    "hr": gettext_lazy("HR"),
    "excluded": gettext_lazy("må ikke se sagen"),
}
_REASONS = {
    "owes_a_duty": gettext_lazy("har en opgave i sagen"),
    "brought_in": gettext_lazy("fik besked i sagen"),
    "consent": gettext_lazy("du har sagt ja"),
}


_TALK_WAYS = {
    "meeting": gettext_lazy("et møde"),
    "phone": gettext_lazy("telefon"),
    "video": gettext_lazy("videomøde"),
    "elsewhere": gettext_lazy("på en anden måde"),
}


@register.filter
def talk_way(way: str) -> str:
    """How a conversation was held."""
    return str(_TALK_WAYS.get(way, way))


@register.filter
def role_name(role: str) -> str:
    """What a part in a case is called."""
    return str(ROLE_NAMES.get(role, role))


@register.filter
def part_reason(reason: str) -> str:
    """Why somebody is in the case: the system's own reason in words, or what was typed."""
    return str(_REASONS.get(reason, reason))


@register.filter
def act_sentence(act: str) -> str:
    """The journal's sentence for an act, after the acting person's name."""
    return _(ACTS[act]) if act in ACTS else act
