"""What a way of sending gets. Frozen, no framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Order:
    """What a way of sending gets: the exact bytes, their name, a key by which the receiver knows them again, and the
    configured place."""

    key: str
    name: str
    body: bytes
    title: str
    place: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    """The media type of the bytes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was asked to leave and has not: how many things, and the one word of the last fault, or ""."""

    count: int
    problem: str
