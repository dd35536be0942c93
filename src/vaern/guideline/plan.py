"""The planner: a guideline, what is known of a case, and the time now; out come its duties with their state.

Pure and total: every duty of the guideline gets exactly one row, in an order that hangs on nothing but the answer.
"""

from __future__ import annotations

from datetime import UTC, datetime

from vaern.guideline.composed import Composed
from vaern.guideline.deadlines import deadlines, missed_words, opening, say_repeats
from vaern.guideline.decide import decide, roles_left
from vaern.guideline.facts import CaseFacts, Due, Row, State, Why
from vaern.guideline.ground import ENDED_STATES, Ground, Verdict, stand_on
from vaern.guideline.pack import Duty, Modality, Phase

_PHASES = {phase: number for number, phase in enumerate(Phase)}
_LATEST = datetime.max.replace(tzinfo=UTC)


def plan(composed: Composed, facts: CaseFacts, now: datetime) -> tuple[Row, ...]:
    """One row per duty of `composed`, sorted by due (none last), phase and id. `now` is aware; acts and events
    later than `now` have not happened. Work grows with duties plus history, not with their product."""
    ground = stand_on(composed, facts, now)
    for name in composed.deciding_order:
        ground.verdicts[name] = decide(composed.duty[name], ground)
    rows = [_row(composed.duty[name], ground.verdicts[name], ground) for name in composed.deciding_order]
    return tuple(sorted(rows, key=lambda row: (row.due or _LATEST, _PHASES[composed.duty[row.id].phase], row.id)))


def _row(duty: Duty, verdict: Verdict, ground: Ground) -> Row:
    dues = deadlines(duty, ground) if _runs(verdict) else ()
    past = ground.past(duty.id)
    return Row(
        id=duty.id,
        clause=duty.clauses,
        layer=ground.composed.layer_of(f"duty:{duty.id}"),
        owners=_owners(duty, verdict, ground),
        owners_mode=duty.owners.mode,
        modality=duty.modality.value,
        state=verdict.state,
        why=verdict.why,
        refs=verdict.refs,
        text=verdict.text or (missed_words(duty, dues, ground) if verdict.state is State.OWED else ""),
        not_before=verdict.not_before or _not_before(duty, ground),
        due=dues[0].at if dues else None,
        words=_words(duty, dues),
        deadlines=dues,
        repeats=say_repeats(duty),
        times_done=past.times,
        must_close=_must_close(duty, verdict, past.times),
        settled_at=verdict.settled_at,
    )


def _runs(verdict: Verdict) -> bool:
    """Whether a clock runs on the duty (or ran until it was done): not while it does not exist in the case."""
    return verdict.state is not State.NOT_RELEVANT and verdict.why is not Why.ARISES


def _owners(duty: Duty, verdict: Verdict, ground: Ground) -> tuple[str, ...]:
    """An ended duty names all who owed it; an open one those who still do."""
    past = ground.past(duty.id)
    ended = verdict.state in ENDED_STATES
    whole = (past.handed_to,) if past.handed_to else duty.owners.roles
    return ground.crew.present(whole if ended else roles_left(duty, ground))


def _not_before(duty: Duty, ground: Ground) -> datetime | None:
    return opening(duty.not_before.anchor, duty.not_before.offset, ground) if duty.not_before else None


def _words(duty: Duty, dues: tuple[Due, ...]) -> str:
    """The guideline's own words, else those of the deadline that stands first."""
    own = duty.deadline.words if duty.deadline else ""
    return own or next((due.words for due in dues if due.words), "")


def _must_close(duty: Duty, verdict: Verdict, times: int) -> bool:
    """Only what must be done keeps a case open; a recurring duty only until it was done as often as asked for."""
    if duty.modality is not Modality.MUST or verdict.state in ENDED_STATES or not verdict.holds_case:
        return False
    return duty.repeat is None or times < duty.repeat.at_least
