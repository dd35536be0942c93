"""Filters for the pages of the report."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def at(mapping: Mapping[str, object], key: object) -> object:
    """What the mapping has under the key; "" when it has nothing."""
    return mapping.get(str(key), "")
