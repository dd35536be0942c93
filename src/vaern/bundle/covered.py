"""What leaves for the items somebody asked for, and what would not leave any more. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from vaern.bundle.facts import Bundle
from vaern.evidence import rules as evidence
from vaern.evidence.facts import Item


def going_out(everything: Collection[Item], wanted: Collection[UUID], originals: Collection[UUID]) -> list[Item]:
    """The files that leave for the items asked for, in the order of their numbers; fewer than asked for when something
    is held back. `everything` is all of the case, since a mask of one item may hold back another."""
    going = evidence.for_handing_out(everything, originals={*wanted} & {*originals})
    return [item for item in going if stands_for(item) in wanted]


def covered_since(bundle: Bundle, everything: Collection[Item]) -> list[Item]:
    """What lies in a bundle and would not go out so today: it was covered after the bundle was made, or more of it was,
    or something it shows was. What somebody let out uncovered with a reason, although it was covered, is none of it."""
    if bundle.started_at is None:
        return []
    wanted, let_out = set(bundle.items), set(bundle.originals)
    before = [_as_of(item, bundle.started_at) for item in everything if item.added_at <= bundle.started_at]
    let_out &= {*evidence.masks(before), *(item.id for item in evidence.held_back(before))}
    now = {item.id for item in going_out(everything, wanted, let_out)}
    return [item for item in going_out(before, wanted, let_out) if item.id not in now and stands_for(item) not in now]


def _as_of(item: Item, when: datetime) -> Item:
    """As it was then: a mask that was set aside later still counted."""
    aside = item.set_aside_at
    return replace(item, set_aside_at=None) if aside and aside > when else item


def stands_for(item: Item) -> UUID:
    """The item as somebody chooses it: a masked copy stands for its original."""
    return item.derived_from if item.made_by == "mask" and item.derived_from else item.id
