"""Walking over every value of an entry, so that a rule about texts or clauses holds in tables added later too."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import TypeVar

from vaern.guideline.checks.book import Spot
from vaern.guideline.pack import Part

P = TypeVar("P", bound=Part)


def texts(spot: Spot, value: object) -> Iterator[tuple[Spot, str]]:
    """Each string inside `value` with its place."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield spot, value
    for step, inner in steps(value):
        yield from texts(spot.at(step), inner)


def parts(spot: Spot, value: object, wanted: type[P]) -> Iterator[tuple[Spot, P]]:
    """Each table of the class `wanted` inside `value` (itself too) with its place."""
    if isinstance(value, wanted):
        yield spot, value
    for step, inner in steps(value):
        yield from parts(spot.at(step), inner, wanted)


def steps(value: object) -> Iterator[tuple[str | int, object]]:
    """One step inwards: the fields of a table by the name they have in the file, the members of a list."""
    if isinstance(value, Part):
        for key, name in _fields(type(value)):
            yield key, getattr(value, name)
    elif isinstance(value, tuple):
        yield from enumerate(value)
    elif isinstance(value, dict):
        yield from value.items()


@cache
def _fields(table: type[Part]) -> tuple[tuple[str, str], ...]:
    """(name in the file, name in the code) of each field."""
    return tuple((info.alias or name, name) for name, info in table.model_fields.items())
