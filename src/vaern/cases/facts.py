"""Frozen data the rules of a case read and answer with. No database, no framework."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from vaern.guideline.composed import Composed
from vaern.guideline.facts import Row
from vaern.guideline.pack import Duty

Urgency = Literal["now", "today", "hours_72", "week", "later", "waiting", "done"]
URGENCIES: tuple[Urgency, ...] = ("now", "today", "hours_72", "week", "later", "waiting", "done")


@dataclass(frozen=True, slots=True)
class ReportData:
    """A report as far as it is written. Empty text and "unknown" mean: not answered."""

    who: Literal["me", "colleague", "manager"] = "me"
    came_by: Literal["", "mail"] = ""
    """How the draft began: with a mail that says it is from its author, or on a page."""
    affected_id: int | None = None
    affected_name: str = ""
    what: str = ""
    danger_now: str = "unknown"
    platform: str = "unknown"
    link: str = ""
    posted_on: str = ""
    posted_at: str = ""
    discovered_on: str = ""
    discovered_at: str = ""
    still_online: str = "unknown"
    category: tuple[str, ...] = ()
    author_known: str = "unknown"
    author: str = ""
    author_relation: str = "unknown"
    impact: str = ""
    needs_practical: str = ""
    needs_psychological: str = ""
    manager_id: int | None = None
    manager_away: Literal["", "away", "part_of_it"] = ""
    facts: dict[str, object] = field(default_factory=dict)
    """Answers to the facts the guideline declares itself with `ask_at = "report"`."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What somebody typed to settle a duty. Dates are Danish calendar dates; `at` is empty for "now"."""

    outcome: str = "done"
    on_date: date | None = None
    at_time: str = ""
    text: str = ""
    recipient: str = ""
    reference: str = ""
    agreed: str = ""
    offered: str = ""
    reasons: str = ""
    choice: tuple[str, ...] = ()
    declined_by: str = ""
    in_letter: bool = False
    """Whether `text` is a whole letter, greeting and all."""


@dataclass(frozen=True, slots=True)
class NeedsGiven:
    """How it affects the employee and what she needs, as it was typed. Empty: not answered."""

    impact: str = ""
    needs_practical: str = ""
    needs_psychological: str = ""

    @property
    def said(self) -> bool:
        return bool((self.impact + self.needs_practical + self.needs_psychological).strip())


@dataclass(frozen=True, slots=True)
class TalkGiven:
    """What somebody typed about a conversation with the employee."""

    way: str
    text: str
    agreed: str = ""
    on_date: date | None = None
    at_time: str = ""
    next_on: date | None = None
    needs: NeedsGiven = NeedsGiven()


@dataclass(frozen=True, slots=True)
class Talked:
    """The decision to write a conversation down: when it was held, and which day is agreed for the next."""

    held_at: datetime
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the employee agreed that others are told, and who."""

    words: str
    people: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """Everything `rules.fulfil` may know about one try to settle one duty."""

    duty: Duty
    row: Row
    owner_kinds: frozenset[str]
    decider_kinds: frozenset[str]
    relations: frozenset[str]
    open: bool
    evidence_count: int
    titles: dict[str, str]
    clauses: dict[str, tuple[str, ...]]
    binds: bool = False
    """Whether others are told what is agreed here, so that it must say who."""
    agreed: Agreed | None = None
    """What was agreed before, when this is telling it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The decision to write: which outcome, when it happened, and the fields that prove it."""

    outcome: str
    at: datetime
    fields: dict[str, str]
    choice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """How long it is since the affected employee last heard something."""

    since: timedelta
    limit_days: int
    alarm: bool

    @property
    def days(self) -> int:
        return self.since.days


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list: no words about what happened."""

    id: UUID
    label: str
    unit: str
    state: str
    opened_at: datetime
    next_due_at: datetime | None
    open_duties: int
    last_heard_at: datetime
    silence: Silence | None
    """None when the case is closed."""
    in_danger: bool = False
    """Somebody has said that anyone is in danger now."""
    affected: bool = False
    """Whether it happened to whoever asks; only said in the list of one's own cases."""
    part: bool = True
    """Whether the actor has a part in it, and not only a post from which its being late can be seen."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who takes part in a case, as ids, for those who tell people that something happened. Deputies of handlers who are
    away are among the handlers; `above` are those one level above them."""

    affected: frozenset[int] = frozenset()
    handlers: frozenset[int] = frozenset()
    above: frozenset[int] = frozenset()
    excluded: frozenset[int] = frozenset()
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A duty that is owed and has a day. `owners` are the people who owe it, deputies of those away included; `since`
    is when the case was opened, so that a short deadline is not near from its first minute."""

    case_id: UUID
    duty: str
    due: datetime
    since: datetime
    owners: frozenset[int]
    crew: Crew
    must: bool


@dataclass(frozen=True, slots=True)
class Quiet:
    """An open case, and since when its affected employee has heard nothing."""

    case_id: UUID
    last_heard: datetime
    limit_days: int
    crew: Crew


@dataclass(frozen=True, slots=True)
class AgreedTalk:
    """An open case whose next conversation was agreed for a day that is here or past."""

    case_id: UUID
    on: date
    crew: Crew


@dataclass(frozen=True, slots=True)
class Danger:
    """An open case in which somebody may be in danger; whether anybody who has it has opened it since."""

    case_id: UUID
    reported_at: datetime
    opened: bool
    crew: Crew


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty in a person's list across cases."""

    case_id: UUID
    label: str
    duty: str
    title: str
    state: str
    due: datetime | None
    words: str
    urgency: Urgency
    in_danger: bool = False
    language: str = ""
    """Of the title, when the guideline has none in the language asked for."""
    words_language: str = ""
    """Of the words of the deadline, likewise."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A case's guideline and what it asks for now."""

    composed: Composed
    rows: tuple[Row, ...]

    def row(self, duty: str) -> Row | None:
        return next((row for row in self.rows if row.id == duty), None)
