"""One duty as a line on a page, and the heaps the lines lie in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from vaern.cases.facts import URGENCIES, Urgency
from vaern.cases.rules import urgency
from vaern.guideline.composed import Composed
from vaern.guideline.facts import Row, State, Why
from vaern.web import duty_texts as texts
from vaern.web.guideline_texts import Said, mark, say, say_label
from vaern.web.refusals import say_clauses

STYLES: Mapping[Urgency, str] = {
    "now": "vaern-duty--now",
    "today": "vaern-duty--soon",
    "hours_72": "vaern-duty--soon",
    "waiting": "vaern-duty--waiting",
    "done": "vaern-duty--done",
}


@dataclass(frozen=True, slots=True)
class RowView:
    """Everything a list says about a duty: never what somebody wrote on it."""

    id: str
    title: Said
    state: str
    state_words: str
    tone: str
    urgency: Urgency
    due: datetime | None
    words: Said
    late: bool
    missed: Said
    owners: tuple[Said, ...]
    clauses: str
    from_layer: str
    why: SafeString
    settled_at: datetime | None
    must_close: bool
    url: str

    @property
    def style(self) -> str:
        return STYLES.get(self.urgency, "")


@dataclass(frozen=True, slots=True)
class Heap:
    urgency: Urgency
    title: str
    rows: tuple[RowView, ...]


def show_row(composed: Composed, row: Row, case_id: UUID, now: datetime, language: str) -> RowView:
    of = f"duty:{row.id}"
    late = row.state is State.OWED and row.due is not None and row.due < now
    late = late and not texts.is_suggestion(composed, row.layer)
    return RowView(
        id=row.id,
        title=say(composed, of, "title", language),
        state=row.state.value,
        state_words=texts.say_state(row),
        tone=texts.TONES.get(row.state, ""),
        urgency=urgency(row, now),
        due=row.due,
        words=mark(composed, of, row.words, language),
        late=late,
        missed=mark(composed, of, row.text if late else "", language),
        owners=tuple(say_label(composed, f"role:{role}", language) for role in row.owners),
        clauses=say_clauses(row.clause),
        from_layer=texts.say_layer(composed, row.layer),
        why=texts.say_why(composed, row, language),
        settled_at=row.settled_at,
        must_close=row.must_close,
        url=reverse("fulfil_duty", kwargs={"case": case_id, "duty": row.id}),
    )


def heaps(views: Iterable[RowView], kinds: Sequence[Urgency] = URGENCIES) -> list[Heap]:
    """The lines by urgency, in that order, empty heaps left out. Within a heap what must be done comes first, and
    otherwise the order stays."""
    found = sorted(views, key=lambda view: (view.due is None, not view.must_close))
    lying = ((kind, tuple(view for view in found if view.urgency == kind)) for kind in kinds)
    return [Heap(kind, str(texts.URGENCIES[kind]), rows) for kind, rows in lying if rows]


def is_settled(row: Row) -> bool:
    """Ended by somebody's act or of itself, and not because it never belonged in the case."""
    return row.state in (State.DONE, State.DECLINED) or (row.state is State.NOT_RELEVANT and row.why is Why.OUTCOME)
