"""My duties over all cases, and one duty with one thing to do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vaern.cases import queries, service
from vaern.cases.facts import Attempt, Planned
from vaern.cases.rules import sees_content, sees_duty
from vaern.cases.service.duties import attempt_of
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import queries as evidence
from vaern.guideline.facts import State
from vaern.people import doors
from vaern.web.doors import door
from vaern.web.guideline_texts import say, titles
from vaern.web.refusals import put_in_form
from vaern.web.screens.duties.forms import DutyForm
from vaern.web.screens.duties.letters import starting_text
from vaern.web.screens.duties.listing import my_heaps
from vaern.web.screens.duties.page import show_duty
from vaern.web.screens.duties.roads import roads


@door("see_my_duties")
@require_GET
def see_my_duties(request: Any) -> HttpResponse:
    lines = queries.duty_lines(request.actor, timezone.now(), language=get_language())
    return render(request, "duties/see_my_duties.html", {"heaps": my_heaps(lines, timezone.now()), "count": len(lines)})


@door("fulfil_duty")
@require_http_methods(["GET", "POST"])
def fulfil_duty(request: Any, case: UUID, duty: str) -> HttpResponse:
    """One duty: what it is, where it comes from, and the form its kind demands."""
    now = timezone.now()
    plan = queries.plan_of(request.case, now)
    attempt = _attempt(request, plan, duty)
    form = DutyForm(
        request.POST or None,
        composed=plan.composed,
        row=attempt.row,
        language=get_language(),
        initial=_initial(request, plan, attempt),
    )
    if request.method == "POST":
        done = _settle(request, plan, attempt, form)
        if done is not None:
            return done
    # Also what comes back with an error shows the case: whoever only ever sends empty forms is on record too.
    service.see_case(actor=request.actor, case=request.case, page="duty", now=now)
    return _page(request, plan, attempt, form)


def _attempt(request: Any, plan: Planned, duty: str) -> Attempt:
    """The try at this duty, or 404: no such duty in the case, or none of this person's business."""
    count = evidence.count_of_case(request.case.pk)
    try:
        attempt = attempt_of(request.case, plan, duty, request.relations, count)
    except Unseen as unseen:
        raise Http404 from unseen
    if not sees_duty(request.relations, attempt.owner_kinds | attempt.decider_kinds):
        raise Http404
    return attempt


def _initial(request: Any, plan: Planned, attempt: Attempt) -> dict[str, object]:
    letter = next((one for one in plan.composed.pack.letters if one.id == attempt.duty.letter), None)
    if letter is None:
        # Begun with exactly what was agreed, so that nothing else is told by habit.
        return {"text": attempt.agreed.words, "recipient": attempt.agreed.people} if attempt.agreed else {}
    fields = {"sender": request.actor.name, "department": request.case.unit.name}
    return {"text": starting_text(letter.body, fields)}


def _settle(request: Any, plan: Planned, attempt: Attempt, form: DutyForm) -> HttpResponse | None:
    """Saves and goes on, or None with what is wrong put into the form."""
    if not form.is_valid():
        return None
    try:
        service.fulfil_duty(
            actor=request.actor,
            relations=request.relations,
            case_id=request.case.pk,
            duty_id=attempt.duty.id,
            given=form.submission(),
            times_seen=form.cleaned_data["times_seen"],
            evidence_count=attempt.evidence_count,
            now=timezone.now(),
        )
    except Refused as refused:
        put_in_form(form, refused.refusals, form.reason_field, titles(plan.composed, get_language()))
        return None
    messages.success(request, _what_followed(request, plan))
    return redirect(*_back(request))


def _what_followed(request: Any, before: Planned) -> str:
    """“Gemt.”, and which duties came of it."""
    case = queries.case_for(request.actor, request.case.pk)
    owed = {row.id for row in before.rows if row.state is State.OWED}
    after = queries.plan_of(case, timezone.now()) if case else before
    new = [row.id for row in after.rows if row.state is State.OWED and row.id not in owed]
    if not new or not sees_content(request.relations):
        return _("Det er gemt.")
    named = "”, “".join(str(say(after.composed, f"duty:{one}", "title", get_language())) for one in new)
    return _("Det er gemt. Nu er det her også en opgave: “%(titles)s”.") % {"titles": named}


def _back(request: Any) -> tuple[str, ...]:
    """Where one came from: my duties, or the page of the case that this person may see."""
    if request.GET.get("back") == "duties":
        return ("see_my_duties",)
    name = "see_case" if sees_content(request.relations) else "see_my_case"
    if name == "see_my_case" and "affected" not in request.relations:
        name = "see_status"
    return (name, request.case.pk)


def _page(request: Any, plan: Planned, attempt: Attempt, form: DutyForm) -> HttpResponse:
    page = show_duty(request.case, plan.composed, plan.rows, attempt, timezone.now(), get_language())
    context = {
        "case": request.case,
        "label": queries.label(request.case),
        "page": page,
        "form": form,
        "back": resolve_url(*_back(request)),
        "reads": sees_content(request.relations),
        "affected": "affected" in request.relations,
        "roads": roads(request, plan.composed, attempt.duty),
        "may_add": doors.may("take_in_evidence", request.relations),
        "evidence_count": attempt.evidence_count,
    }
    return render(request, "duties/fulfil_duty.html", context, status=422 if form.errors else 200)
