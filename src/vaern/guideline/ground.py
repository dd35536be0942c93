"""What a decision about one duty stands on: the case, its history, and what was decided about the other duties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from vaern.guideline.composed import Composed
from vaern.guideline.crew import Crew
from vaern.guideline.facts import CaseFacts, State, Why
from vaern.guideline.history import NOTHING, Past, tell
from vaern.guideline.pack import Duty
from vaern.guideline.when import Times

ENDED_STATES = frozenset({State.DONE, State.DECLINED, State.NOT_RELEVANT})


class Verdict(NamedTuple):
    """The planner's answer about one duty. `holds_case`: false where the duty may never come to be owed, so that
    it must not keep the case open."""

    state: State
    why: Why = Why.NONE
    refs: tuple[str, ...] = ()
    text: str = ""
    settled_at: datetime | None = None
    not_before: datetime | None = None
    holds_case: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    composed: Composed
    case: CaseFacts
    now: datetime
    crew: Crew
    pasts: Mapping[str, Past]
    times: Times
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    """Filled as the decisions are made, each duty after those it hangs on."""

    def past(self, duty: str) -> Past:
        return self.pasts.get(duty, NOTHING)

    def endings(self, duty: str) -> frozenset[str]:
        """The words for how `duty` last ended. A wish answered no is a declining, though nobody wrote it on the
        duty: the note about it is owed all the same."""
        last = self.past(duty).last
        if last is not None:
            return last.words
        verdict = self.verdicts.get(duty)
        return frozenset({"declined"}) if verdict and verdict.why is Why.WISH_NO else frozenset()

    def ended(self, duty: str) -> bool:
        """Nothing more will come of `duty` unless it is decided anew."""
        verdict = self.verdicts.get(duty)
        if verdict is not None:
            return verdict.state in ENDED_STATES
        last = self.past(duty).last  # in a circle of duties: only its history is known
        return last is not None and not self._repeats(duty)

    def settled(self, duty: str) -> bool:
        """What comes after `duty` may begin: it has ended, or, recurring, was done as often as the pack asks for."""
        if self.ended(duty):
            return True
        declared = self.composed.duty.get(duty)
        repeat = declared.repeat if declared else None
        return repeat is not None and self.past(duty).times >= max(1, repeat.at_least)

    def fell_away(self, duty: str, *because: Why) -> bool:
        """`duty` is no part of this case (for one of the reasons `because`, when given); nobody decided that on it."""
        verdict = self.verdicts.get(duty)
        if verdict is None or verdict.state is not State.NOT_RELEVANT:
            return False
        return verdict.why in because if because else verdict.why not in (Why.OUTCOME, Why.WISH_NO)

    def happened(self, anchor: str) -> datetime | None:
        """The time of an anchor that has been reached by now; None when it has not, or is not known."""
        moment = self.times.of(anchor)
        return moment if moment is not None and moment <= self.now else None

    def _repeats(self, duty: str) -> bool:
        declared = self.composed.duty.get(duty)
        return declared is not None and declared.repeat is not None


def stand_on(composed: Composed, case: CaseFacts, now: datetime) -> Ground:
    crew = Crew(composed, case)
    pasts = tell(composed, case, crew, now)
    settled = {name: past.last.at for name, past in pasts.items() if past.last}
    times = Times(_events(composed, case, pasts), settled, composed.contact)
    return Ground(composed, case, now, crew, pasts, times)


def _events(composed: Composed, case: CaseFacts, pasts: Mapping[str, Past]) -> dict[str, datetime]:
    """The case's events, and those that a duty's being done is the time of; what the case says itself wins."""
    events: dict[str, datetime] = {}
    for name, past in pasts.items():
        if past.last and past.last.counts_as == "done":
            for event in composed.duty[name].events:
                events[event] = min(past.last.at, events.get(event, past.last.at))
    return events | dict(case.events)


def has_ended(duty: Duty, ground: Ground) -> datetime | None:
    """When a recurring duty came to its end, having been done as often as it must; None while it runs."""
    repeat = duty.repeat
    if repeat is None or repeat.until is None or ground.past(duty.id).times < repeat.at_least:
        return None
    return ground.happened(repeat.until)
