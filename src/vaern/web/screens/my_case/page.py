"""What the affected employee's own page shows: plain words about what is done, what comes next and who has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from vaern.cases import queries
from vaern.cases.facts import Planned
from vaern.evidence import queries as evidence
from vaern.guideline.facts import Row, State
from vaern.people import queries as people
from vaern.web.duty_texts import words_of
from vaern.web.guideline_texts import Said, mark, say, say_label
from vaern.web.paging import whole_moments

LOOKED = ("see_case", *(act for act in evidence.CUSTODY if act != "stamp_evidence"))
LOOKED_PAGE = 100
HAS_IT = ("manager", "managers_manager", "secretariat")


@dataclass(frozen=True, slots=True)
class Line:
    """One duty as she reads it."""

    id: str
    title: Said
    text: Said
    who: str
    """Names of those who have it; the role's own name when nobody in the case holds it."""
    mine: bool
    due: datetime | None
    words: Said
    settled_at: datetime | None
    declined: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One consent as it stands: the question, and her answer."""

    id: str
    question: Said
    help: Said
    answer: str


def lines(plan: Planned, parts: Sequence[Any], state: State, language: str) -> list[Line]:
    wanted = (State.DONE, State.DECLINED) if state is State.DONE else (state,)
    return [_line(plan, row, parts, language) for row in plan.rows if row.state in wanted]


def _line(plan: Planned, row: Row, parts: Sequence[Any], language: str) -> Line:
    of = f"duty:{row.id}"
    duty = plan.composed.duty[row.id]
    kinds = {plan.composed.role[role].kind for role in row.owners}
    names = [part.user.name for part in parts if part.role in kinds]
    roles = [str(say_label(plan.composed, f"role:{role}", language)) for role in row.owners]
    return Line(
        id=row.id,
        title=say(plan.composed, of, "title", language),
        text=say(plan.composed, of, "text", language),
        who=", ".join(dict.fromkeys(names or roles)),
        mine="affected" in kinds,
        due=row.due,
        words=mark(plan.composed, of, words_of(duty.deadline), language),
        settled_at=row.settled_at,
        declined=row.state is State.DECLINED,
    )


def questions(plan: Planned, answers: dict[str, str], language: str) -> list[Question]:
    """Every consent she may give or take back: those the guideline's duties ask for first."""
    asked = {gate.of for duty in plan.composed.pack.duties for gate in duty.gates if gate.kind == "wish"}
    found = sorted(plan.composed.consent, key=lambda name: (name not in asked, name))
    return [
        Question(
            name,
            say(plan.composed, f"consent:{name}", "question", language),
            say(plan.composed, f"consent:{name}", "help", language),
            answers.get(name, "unknown"),
        )
        for name in found
    ]


def who_has_it(parts: Sequence[Any]) -> list[Any]:
    return [part for part in parts if part.role in HAS_IT]


def looked(case: Any, *, before: datetime | None = None) -> dict[str, Any]:
    """Who opened the case or touched its evidence, in plain words, newest first. Three queries a page."""
    found = evidence.custody(case.pk, acts=LOOKED, before=before, limit=LOOKED_PAGE + 1)
    page, older = whole_moments(found, LOOKED_PAGE)
    names = people.names({entry.actor_id for entry in page if entry.actor_id})
    rows = [(entry, names.get(entry.actor_id or 0, "") or entry.actor_name or _("Værn")) for entry in page]
    return {"rows": rows, "older": older}


def advice(plan: Planned, language: str) -> list[tuple[Said, Said]]:
    """Title and text of what the guideline, or the law above it, wants her to know."""
    found = queries.advice(plan.composed, "my_case")
    return [
        (
            say(plan.composed, f"passage:{one.id}", "title", language),
            say(plan.composed, f"passage:{one.id}", "text", language),
        )
        for one in found
    ]
