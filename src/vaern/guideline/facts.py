"""What the planner reads about a case, and what it answers. Frozen data, no behaviour.

Times are aware datetimes in UTC; a date-only event (first absence day) is midnight Danish time of that day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple

UNKNOWN = "unknown"

type_Value = str | int | bool | tuple[str, ...]
"""A fact's value. A missing key and "unknown" are the same: unknown. Yes/no facts are "yes" / "no"."""


@dataclass(frozen=True, slots=True)
class Done:
    """One past fulfilment of a duty: `outcome` is "done", "declined", "not_relevant" or one the pack names."""

    duty: str
    at: datetime
    outcome: str = "done"
    by_role: str = ""
    """Role id of whoever did it; lets `all` owners be told apart."""
    choice: tuple[str, ...] = ()
    """Ids of the alternatives chosen."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything the planner may know: no names, no texts."""

    facts: dict[str, type_Value] = field(default_factory=dict)
    events: dict[str, datetime] = field(default_factory=dict)
    consents: dict[str, Literal["yes", "no", "unknown"]] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    """Role ids whose holder is absent (or nobody holds the post)."""
    part_of_it: frozenset[str] = frozenset()
    """Role ids whose holder is part of the problem and must not see the case."""
    out_of_hours: bool = False
    done: tuple[Done, ...] = ()
    """History in any order; the planner sorts it."""


class State(StrEnum):
    OWED = "owed"
    WAITING = "waiting"  # for another duty, an event or a not-before
    BLOCKED = "blocked"  # a wish, an approval or a fact is missing; `why` says which
    DONE = "done"
    DECLINED = "declined"
    NOT_RELEVANT = "not_relevant"


class Why(StrEnum):
    """Why a duty is in its state: a closed list, so that screens can say it in two languages."""

    NONE = ""
    AFTER_DUTY = "after_duty"  # refs: duty ids
    ORDER = "order"  # a layer's order (evidence before contact); refs: duty ids
    NOT_BEFORE = "not_before"
    ANCHOR_UNKNOWN = "anchor_unknown"  # not-before hangs on an event that has not happened; refs: anchor
    ARISES = "arises"  # exists only if another duty ends in a certain way; refs: duty ids
    WISH_UNKNOWN = "wish_unknown"  # refs: consent id
    WISH_NO = "wish_no"
    APPROVAL = "approval"  # refs: duty id
    EVENT = "event"  # refs: event id
    FACT_UNKNOWN = "fact_unknown"  # refs: fact ids
    CONDITION = "condition"  # the condition does not hold
    EXCEPTION = "exception"  # `text` is the pack's reason
    TOO_LATE = "too_late"  # not-after has passed
    OUTSIDER = "outsider"  # waits for an outsider's answer; refs: who
    OUTCOME = "outcome"  # settled with this outcome; refs: outcome id
    ENDED = "ended"  # a recurrence whose until-event has happened
    NO_OWNER = "no_owner"  # every role and fallback is away or part of it


class Due(NamedTuple):
    """One deadline on a duty, its source kept: the guideline's own, a layer's clock, or words only."""

    at: datetime | None
    words: str
    layer: str
    own: bool = False
    reference: str = ""
    certainty: str = ""
    checked_on: str = ""
    missed: str = ""
    anchor: str = ""
    """The anchor the moment was counted from; "" when none is known yet."""


class Row(NamedTuple):
    """One duty of the plan. `owners` are the role ids after fallback and hand-over.

    A named tuple, as `Due` is: a plan makes thousands, and a frozen dataclass takes five times as long to make."""

    id: str
    clause: tuple[str, ...]
    layer: str
    owners: tuple[str, ...]
    owners_mode: str
    modality: str
    state: State
    why: Why
    refs: tuple[str, ...]
    text: str
    not_before: datetime | None
    due: datetime | None
    """The earliest of `deadlines`; None when there is none, or words only."""
    words: str
    deadlines: tuple[Due, ...]
    repeats: str
    """"" | "every 7 days until event:removed" | "continuous": for reading, not for deciding."""
    times_done: int
    must_close: bool
    """The case may not close while this row is owed, waiting for its time, or blocked."""
    settled_at: datetime | None
