"""What the page of one letter shows: how it stands, what was found in it, and the one form that comes next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vaern.cases import queries as cases
from vaern.letters import queries, service
from vaern.letters.facts import Finding, Letter
from vaern.letters.rules import BY_WORKER, blocks, why
from vaern.people import queries as people
from vaern.web.guideline_texts import Said, say_label
from vaern.web.screens.letters.forms import ApproveForm, ConfirmForm, SendForm

STATES = {
    "draft": gettext_lazy("Udkast"),
    "approved": gettext_lazy("Godkendt"),
    "sent": gettext_lazy("Sendt"),
    "confirmed": gettext_lazy("Bekræftet"),
}
TONES = {"draft": "", "approved": "info", "sent": "info", "confirmed": "success"}
CONFIRMED = dict(ConfirmForm.base_fields["confirmed_as"].choices)  # type: ignore[attr-defined]
HOW = {
    "print": gettext_lazy("Sendt af en person"),
    "email": gettext_lazy("Sendt som mail"),
    "digital_post": gettext_lazy("Sendt som Digital Post"),
}


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter with the words for its state and the names of its people."""

    letter: Letter
    state: str
    tone: str
    template: Said
    written_by: str
    approved_by: str
    sent_by: str
    how: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding and why it was stopped at."""

    finding: Finding
    why: str


def frame(request: Any) -> dict[str, Any]:
    return {"case": request.case, "label": cases.label(request.case)}


def views_of(request: Any, letters: list[Letter]) -> list[LetterView]:
    composed = cases.plan_of(request.case, timezone.now()).composed
    names = people.names({user for one in letters for user in (one.written_by, one.approved_by, one.sent_by) if user})
    return [
        LetterView(
            letter=one,
            state=str(STATES[one.state]),
            tone=TONES[one.state],
            template=say_label(composed, f"letter:{one.template}", get_language() or "da"),
            written_by=names.get(one.written_by, ""),
            approved_by=names.get(one.approved_by or 0, ""),
            sent_by=names.get(one.sent_by or 0, ""),
            how=str(HOW.get(one.sent_how, "")),
            confirmed=str(CONFIRMED.get(one.confirmed_as, "")),
        )
        for one in letters
    ]


def show_letter(request: Any, letter_id: Any, form: Any = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    row = queries.current(request.case.pk, letter_id)
    letter, version = queries.fact(row), queries.version(row)
    unsent = letter.state in {"draft", "approved"}
    findings = (
        service.findings_of(actor=request.actor, case_id=request.case.pk, letter_id=letter_id, now=now)
        if unsent
        else []
    )
    context = {
        **frame(request),
        "view": views_of(request, [letter])[0],
        "letter": letter,
        "version": version,
        "enclosed": service.enclosed(request.case.pk, letter.written),
        "blocks": blocks(letter.written.text),
        "findings": [Shown(one, _(why(one))) for one in findings],
        "wrote_it": letter.written_by == request.actor.user_id,
        "form": form if form is not None else next_form(letter, bool(findings), service.ways_of(request.case)),
        "open": request.case.state == "open",
        "sending": letter.state == "approved" and letter.sent_how in BY_WORKER,
    }
    return render(request, "letters/see_letter.html", context, status=status)


def next_form(letter: Letter, found: bool, ways: Collection[str]) -> Any:
    if letter.state == "draft":
        return ApproveForm(found=found, initial={"seen": letter.version})
    if letter.state == "approved":
        return SendForm(ways=ways, initial={"how": "print"})
    return ConfirmForm(initial={"confirmed_as": letter.confirmed_as})
