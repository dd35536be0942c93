"""The report: begun, written step by step, looked through and sent. Every step is saved, also on the way back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaern.cases import queries as cases
from vaern.cases import service
from vaern.cases.facts import ReportData
from vaern.cases.rules import STEPS, check_report, check_step
from vaern.core.refusal import Refusal, Refused
from vaern.evidence import service as evidence
from vaern.web.doors import door
from vaern.web.refusals import put_in_form, say_refusal
from vaern.web.screens.report import answers, pages
from vaern.web.screens.report.steps import Asked, asked_by, form_for, step_after, step_before, steps_for
from vaern.web.screens.report.words import WHO
from vaern.web.uploads import NOT_SAVED


@door("start_report")
@require_http_methods(["GET", "POST"])
def start_report(request: Any) -> HttpResponse:
    """The first step. The draft begins when something is sent, so that looking at the page leaves none behind."""
    who = request.GET.get("who", "me")
    if who not in WHO:
        raise Http404
    if who == "manager" and not request.actor.has("manager"):
        messages.info(request, _("Du står ikke som leder i Værn. Meldingen går derfor til din kollegas leder."))
        return redirect(f"{reverse('start_report')}?who=colleague")
    data = ReportData(who=who)
    if request.method == "GET":
        return _show(request, pages.Page("what", data), form_for("what", _asked(request), data))
    try:
        draft = service.start_report(actor=request.actor, who=who, now=timezone.now())
    except OperationalError:
        form = form_for("what", _asked(request), data, request.POST, request.FILES)
        return _unsaved(request, pages.Page("what", data), form)
    return _take(request, draft.pk, "what")


@door("write_report")
@require_http_methods(["GET", "POST"])
def write_report(request: Any, draft: UUID, step: str) -> HttpResponse:
    found = cases.draft_for(request.actor, draft)
    if found.case_id:
        return _sent(request, found.case_id)
    data = cases.data_of(found)
    if step not in STEPS or step not in steps_for(data.who):
        raise Http404
    if request.method == "POST":
        return _take(request, draft, step)
    return _show(request, pages.Page(step, data, draft), form_for(step, _asked(request), data))


def _take(request: Any, draft: UUID, step: str) -> HttpResponse:
    """Saves whatever can be read, then goes where the pressed button leads, or shows what is wrong."""
    now, asked = timezone.now(), _asked(request)
    go = "remove" if "remove" in request.POST else request.POST.get("go", "next")
    data = cases.data_of(cases.draft_for(request.actor, draft))
    form = form_for(step, asked, data, request.POST, request.FILES)
    form.is_valid()
    try:
        data = service.write_report(actor=request.actor, draft_id=draft, answers=answers.read(step, form), now=now)
        refused = answers.take_files(request, draft, form, now) if step == "evidence" else []
    except OperationalError:
        return _unsaved(request, pages.Page(step, data, draft), form)
    if go == "keep":
        return HttpResponse(status=204, headers={"Location": _address(draft, step)})
    if go == "search" or (go == "next" and answers.may_be_somebody(request.actor, form)):
        return _show(request, pages.Page(step, data, draft, searched=True), answers.with_found(asked, data, form))
    if refused or go == "next":
        put_in_form(form, [*refused, *check_step(step, data, now)], {"evidence": "files"})
        if form.errors:
            return _show(request, pages.Page(step, data, draft), form, status=422)
    return redirect(_leads_to(go, draft, step, data))


def _unsaved(request: Any, page: pages.Page, form: Any) -> HttpResponse:
    """The page again with everything typed: the database has no room, or does not answer. Only files must be chosen
    once more, because no page may fill in a file field."""
    form.add_error(None, _(NOT_SAVED))
    if "files" in form.fields and (form.cleaned_data.get("files") or form.cleaned_data.get("camera")):
        form.add_error("files", _("Filerne er ikke gemt. Vælg dem igen om lidt."))
    return _show(request, page, form, status=503)


def _leads_to(go: str, draft: UUID, step: str, data: ReportData) -> str:
    if go == "back":
        before = step_before(data.who, step)
        return _address(draft, before) if before else reverse("start")
    if go == "next":
        after = step_after(data.who, step)
        return reverse("send_report", args=[draft]) if after == "send" else _address(draft, after)
    return f"{_address(draft, step)}{'?guide=1#guide' if go == 'guide' else '#files'}"


@door("send_report")
@require_http_methods(["GET", "POST"])
def send_report(request: Any, draft: UUID) -> HttpResponse:
    """The summary, and the one button that sends. Sending again leads to the same case."""
    now, found = timezone.now(), cases.draft_for(request.actor, draft)
    if request.method == "POST":
        try:
            return _sent(request, evidence.send_report(actor=request.actor, draft_id=draft, now=now).pk)
        except Refused as refused:
            return _look_through(request, draft, cases.data_of(found), refused.refusals, status=422)
        except OperationalError:
            messages.error(request, _(NOT_SAVED))
            return _look_through(request, draft, cases.data_of(found), (), status=503)
    if found.case_id:
        return _sent(request, found.case_id)
    data = cases.data_of(found)
    return _look_through(request, draft, data, check_report(data, now), status=200)


def _look_through(
    request: Any, draft: UUID, data: ReportData, refusals: tuple[Refusal, ...], status: int
) -> HttpResponse:
    page = pages.Page("send", data, draft)
    asked = _asked(request)
    missing = [(say_refusal(one), _address(draft, answers.step_of(one.field))) for one in refusals]
    context = pages.context(page, asked) | pages.summary(page, asked) | {"missing": missing, "refused": status == 422}
    return render(request, "report/send_report.html", context, status=status)


@door("discard_report")
@require_http_methods(["GET", "POST"])
def discard_report(request: Any, draft: UUID) -> HttpResponse:
    found = cases.draft_for(request.actor, draft)
    if found.case_id:
        return _sent(request, found.case_id)
    if request.method == "POST":
        evidence.discard_report(actor=request.actor, draft_id=draft, now=timezone.now())
        messages.success(request, _("Din kladde er slettet."))
        return redirect("start")
    return render(request, "report/discard_report.html", {"draft": draft, "begun": found.created_at})


def _sent(request: Any, case_id: UUID) -> HttpResponse:
    """To the receipt; who got the case through the own report (a manager) to the case."""
    case = cases.case_for(request.actor, case_id)
    relations = cases.relations(request.actor, case) if case else frozenset()
    return redirect("see_receipt" if relations & {"affected", "reporter"} else "see_case", case_id)


def _show(request: HttpRequest, page: pages.Page, form: Any, status: int = 200) -> HttpResponse:
    context = pages.context(page, _asked(request)) | {"form": form, "unfolded": "guide" in request.GET}
    return render(request, f"report/{page.step}.html", context, status=status)


def _asked(request: Any) -> Asked:
    return asked_by(request.actor, get_language() or "da", timezone.localdate())


def _address(draft: UUID, step: str) -> str:
    return reverse("write_report", args=[draft, step])
