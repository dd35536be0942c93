"""Evidence that goes along with a letter: what may, what its files say of themselves, and its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from vaern.evidence import queries as evidence
from vaern.evidence import service as evidence_service
from vaern.evidence.facts import Found, Item
from vaern.evidence.rules import filename, for_handing_out
from vaern.letters.facts import Enclosed, Written
from vaern.people.facts import Actor

_TELLING = tuple(one.name for one in fields(Found) if one.name not in {"place", "received", "dkim", "message_id"})


def enclosable(case_id: UUID) -> list[Item]:
    """What may go along: each original gives way to its masked copy."""
    return for_handing_out(evidence.items_of_case(case_id))


def enclosed(case_id: UUID, written: Written) -> list[Item]:
    """What is enclosed and still may be, in the order of the case."""
    return [one for one in enclosable(case_id) if str(one.id) in written.enclosures]


def hidden_words(items: list[Item]) -> Iterator[str]:
    """What the files are called and say of themselves: who, with what, to whom. Nobody sees it on the picture."""
    for item in items:
        found = evidence.provenance(item.id)[0].found
        yield item.name
        yield from (str(value) for name in _TELLING if (value := getattr(found, name)))


def places(items: list[Item]) -> list[str]:
    return [place for item in items if (place := evidence.provenance(item.id)[0].found.place)]


def carried(actor: Actor, letter: UUID, items: list[Item], now: datetime) -> tuple[Enclosed, ...]:
    """The bytes themselves, each on record as given to go out with this letter."""
    return tuple(
        Enclosed(
            f"bilag-{number}-{filename(item.name, item.kind)}", item.kind.mime,
            evidence_service.enclose(actor=actor, item=item, letter=letter, now=now),
        )
        for number, item in enumerate(items, start=1)
    )  # fmt: skip
