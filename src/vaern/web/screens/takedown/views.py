"""Whether posts are still up: the list with the looks, beginning a watch, saying what one saw, ending it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vaern.capture.rules import REASONS
from vaern.cases import queries as cases
from vaern.cases.rules import sees_content
from vaern.cases.service import see_case as open_case
from vaern.core.refusal import Refused
from vaern.people import doors
from vaern.people import queries as people
from vaern.takedown import queries, service
from vaern.takedown.facts import Look, Watch
from vaern.takedown.rules import ENDINGS, STANDINGS, STEPS, hours_to_removal
from vaern.web.doors import door
from vaern.web.refusals import put_in_form
from vaern.web.screens.takedown.forms import EndForm, LookForm, StartForm


@dataclass(frozen=True, slots=True)
class ShownLook:
    look: Look
    words: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class View:
    watch: Watch
    step: str
    ending: str
    hours: int | None
    looks: list[ShownLook]


@door("see_watches")
@require_GET
def see_watches(request: Any, case: UUID) -> HttpResponse:
    open_case(actor=request.actor, case=request.case, page="watches", now=timezone.now())
    views = _views(queries.watches_of_case(case))
    may = {act: doors.may(act, request.relations) for act in ("start_watch", "end_watch")}
    return render(request, "takedown/see_watches.html", {**_frame(request), "views": views, "may": may})


def _frame(request: Any) -> dict[str, Any]:
    back = "see_case" if sees_content(request.relations) else "see_my_case"
    return {
        "case": request.case,
        "label": cases.label(request.case),
        "open": request.case.state == "open",
        "back": back,
    }


def _views(watches: list[Watch]) -> list[View]:
    names = people.names({look.by for watch in watches for look in watch.looks if look.by})
    return [
        View(
            watch=one,
            step=_(STEPS.get(one.step, one.step)),  # type: ignore[call-overload]
            ending=_(ENDINGS[one.ended]) if one.ended else "",
            hours=hours_to_removal(one),
            looks=[_shown(look, names) for look in reversed(one.looks)],
        )
        for one in watches
    ]


def _shown(look: Look, names: dict[int, str]) -> ShownLook:
    by = names.get(look.by, "") if look.by else _("Værn")
    return ShownLook(look, _(STANDINGS[look.standing]), by, _(REASONS[look.reason]) if look.reason in REASONS else "")


@door("start_watch")
@require_http_methods(["GET", "POST"])
def start_watch(request: Any, case: UUID) -> HttpResponse:
    initial = {"address": request.case.link}
    form = StartForm(request.POST if request.method == "POST" else None, server=settings.CAPTURE, initial=initial)
    now = timezone.now()
    done = _("Der bliver holdt øje med opslaget.")
    answer = _do(request, form, done, lambda: service.start_watch(
        actor=request.actor, case_id=case, asked=form.asked(now), now=now
    ))  # fmt: skip
    return answer or _form(request, form, _("Hold øje med et opslag"), _("Hold øje"))


@door("look_at_post")
@require_http_methods(["GET", "POST"])
def look_at_post(request: Any, case: UUID, watch: UUID) -> HttpResponse:
    queries.watch(case, watch)
    form = LookForm(request.POST if request.method == "POST" else None)
    answer = _do(request, form, _("Det er gemt."), lambda: service.look_at_post(
        actor=request.actor, case_id=case, watch_id=watch, now=timezone.now(), **form.cleaned_data
    ))  # fmt: skip
    return answer or _form(request, form, _("Ligger det der stadig?"), _("Gem"))


@door("end_watch")
@require_http_methods(["GET", "POST"])
def end_watch(request: Any, case: UUID, watch: UUID) -> HttpResponse:
    queries.watch(case, watch)
    form = EndForm(request.POST if request.method == "POST" else None)
    answer = _do(request, form, _("Der holdes ikke øje mere."), lambda: service.end_watch(
        actor=request.actor, case_id=case, watch_id=watch, now=timezone.now(), **form.cleaned_data
    ))  # fmt: skip
    return answer or _form(request, form, _("Hold op med at holde øje"), _("Hold op"))


def _do(request: Any, form: Any, done: str, act: Callable[[], object]) -> HttpResponse | None:
    """None when the form is to be shown: not sent yet, or with what is wrong in it."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        act()
    except Refused as refused:
        put_in_form(form, refused.refusals)
        return None
    messages.success(request, done)
    return redirect("see_watches", case=request.case.pk)


def _form(request: Any, form: Any, title: str, submit: str) -> HttpResponse:
    context = {**_frame(request), "form": form, "title": title, "submit": submit}
    return render(request, "takedown/_form_page.html", context, status=422 if form.errors else 200)
