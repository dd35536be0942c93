"""The affected employee's own page: what is done, what comes next, who has it, and what she may say."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vaern.cases import queries, service
from vaern.cases.facts import NeedsGiven
from vaern.cases.rules import NEEDS
from vaern.core.refusal import Refused
from vaern.evidence import queries as evidence
from vaern.guideline.facts import State
from vaern.stamps import queries as stamps
from vaern.web.contacts import crisis_calls
from vaern.web.doors import door
from vaern.web.paging import moment_of
from vaern.web.refusals import put_in_form, say_refusal
from vaern.web.screens.my_case import page
from vaern.web.screens.my_case.forms import AccountForm, MessageForm, NeedsForm


@door("see_my_case")
@require_GET
def see_my_case(request: Any, case: object) -> HttpResponse:
    service.see_case(actor=request.actor, case=request.case, page="my_case", now=timezone.now())
    return _page(request)


def _page(
    request: Any, *, account: AccountForm | None = None, needs: NeedsForm | None = None, status: int = 200
) -> HttpResponse:
    now, found, language = timezone.now(), request.case, request.LANGUAGE_CODE
    plan, parts = queries.plan_of(found, now), queries.parts(found)
    items = evidence.items_of_case(found.pk)
    owed = page.lines(plan, parts, State.OWED, language)
    context = {
        "case": found,
        "label": queries.label(found),
        "silence": queries.silence_of(found, now),
        "has_it": page.who_has_it(parts),
        "danger": found.in_danger and found.state == "open",
        "people": [part for part in parts if part.role not in {"excluded", "affected"}],
        "mine": [line for line in owed if line.mine],
        "theirs": [line for line in owed if not line.mine],
        "done": page.lines(plan, parts, State.DONE, language),
        "advice": page.advice(plan, language),
        "contacts": crisis_calls(plan.composed, language),
        "questions": page.questions(plan, found.consents, language),
        "messages_said": queries.hers(found, queries.messages(found)),
        "accounts": queries.hers(found, queries.accounts(found)),
        "needs_said": queries.hers(found, queries.needs(found)),
        "conversations": queries.hers(found, queries.conversations(found)),
        "stand_ins": queries.stand_ins(parts, now),
        "items": items,
        "stamps": stamps.states(items, now),
        "account_form": account or AccountForm(auto_id="account_%s"),
        "needs_form": needs or NeedsForm(auto_id="needs_%s"),
        "error_form": account or needs,
        "message_form": MessageForm(auto_id="message_%s"),
        "composed": plan.composed,
    }
    return render(request, "my_case/see_my_case.html", context, status=status)


@door("add_account")
@require_POST
def add_account(request: Any, case: object) -> HttpResponseBase:
    form = AccountForm(request.POST, auto_id="account_%s")
    try:
        service.add_account(
            actor=request.actor, case_id=request.case.pk, text=form.data.get("text", ""), now=timezone.now()
        )
    except Refused as refused:
        put_in_form(form, refused.refusals)
        return _page(request, account=form, status=422)
    messages.success(request, _("Tak. Det er føjet til din beretning."))
    return redirect("see_my_case", case=request.case.pk)


@door("say_needs")
@require_POST
def say_needs(request: Any, case: object) -> HttpResponseBase:
    form = NeedsForm(request.POST, auto_id="needs_%s")
    given = NeedsGiven(**{name: form.data.get(name, "") for name in NEEDS})
    try:
        service.say_needs(actor=request.actor, case_id=request.case.pk, given=given, now=timezone.now())
    except Refused as refused:
        put_in_form(form, refused.refusals)
        return _page(request, needs=form, status=422)
    messages.success(request, _("Tak. De, der har sagen, kan læse det nu."))
    return redirect("see_my_case", case=request.case.pk)


@door("give_consent")
@require_POST
def give_consent(request: Any, case: object) -> HttpResponseBase:
    try:
        service.give_consent(
            actor=request.actor,
            case_id=request.case.pk,
            consent=request.POST.get("consent", ""),
            answer=request.POST.get("answer", ""),
            now=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
    else:
        messages.success(request, _("Dit svar er gemt. Du kan altid ændre det."))
    return redirect("see_my_case", case=request.case.pk)


@door("see_openings")
@require_GET
def see_openings(request: Any, case: object) -> HttpResponse:
    """Who has opened the case or touched its evidence, and when: she may always know."""
    context = {
        "case": request.case,
        "label": queries.label(request.case),
        **page.looked(request.case, before=moment_of(request.GET.get("before", ""))),
    }
    return render(request, "my_case/see_openings.html", context)
