"""Which item a page shows to whom: who may not see an original sees its masked copy instead."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from django.http import Http404

from vaern.core.refusal import Unseen
from vaern.evidence import queries
from vaern.evidence.facts import Item
from vaern.evidence.rules import for_handing_out
from vaern.people.doors import may_see_originals


def found_item(case: UUID, item: UUID) -> Item:
    try:
        return queries.item(case, item)
    except Unseen as unseen:
        raise Http404 from unseen


def shown_items(case: UUID, relations: frozenset[str]) -> list[Item]:
    """What a list of the case's evidence shows: everything, or what would be handed out."""
    items = queries.items_of_case(case)
    return items if may_see_originals(relations) else for_handing_out(items)


def shown_item(case: UUID, item: UUID, relations: frozenset[str]) -> Item:
    """404 also for an original that a masked copy stands for, when that is all this person may see."""
    found = found_item(case, item)
    if not may_see_originals(relations) and found.id not in {one.id for one in shown_items(case, relations)}:
        raise Http404
    return found


def inline(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"


def home(request: Any) -> str:
    """Where this person came from: her own page, or the case."""
    return "see_my_case" if "affected" in request.relations else "see_case"
