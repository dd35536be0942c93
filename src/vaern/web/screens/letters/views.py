"""The list of letters, beginning one, reading one and writing in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vaern.cases import queries as cases
from vaern.cases.service import see_case as open_case
from vaern.core.refusal import Refused
from vaern.letters import queries, rules, service
from vaern.web.doors import door
from vaern.web.guideline_texts import Said, say
from vaern.web.refusals import put_in_form
from vaern.web.screens.letters.forms import DraftForm, WriteForm
from vaern.web.screens.letters.page import frame, show_letter, views_of


@door("see_letters")
@require_GET
def see_letters(request: Any, case: UUID) -> HttpResponse:
    open_case(actor=request.actor, case=request.case, page="letters", now=timezone.now())
    views = views_of(request, queries.letters_of_case(case))
    context = {**frame(request), "views": views, "open": request.case.state == "open"}
    return render(request, "letters/see_letters.html", context)


@door("draft_letter")
@require_http_methods(["GET", "POST"])
def draft_letter(request: Any, case: UUID) -> HttpResponse:
    form = DraftForm(request.POST or None, offered=_offered(request), initial={"template": request.GET.get("template")})
    if request.method == "POST" and form.is_valid():
        try:
            made = service.draft_letter(
                actor=request.actor, case_id=case, template=form.cleaned_data["template"], now=timezone.now()
            )
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            return redirect("write_letter", case=case, letter=made.id)
    return render(
        request, "letters/draft_letter.html", {**frame(request), "form": form}, status=422 if form.errors else 200
    )


def _offered(request: Any) -> list[tuple[str, str]]:
    composed = cases.plan_of(request.case, timezone.now()).composed
    language = get_language() or "da"
    values = {name: tuple(one) if isinstance(one, list) else one for name, one in request.case.facts.items()}
    return [(one.id, _named(composed, one, language)) for one in rules.offered(composed, values)]


def _named(composed: Any, template: Any, language: str) -> str:
    of = f"letter:{template.id}"
    title, purpose = (_plain(say(composed, of, field, language)) for field in ("title", "purpose"))
    return f"{title}: {purpose}"


def _plain(said: Said) -> str:
    return str(said)


@door("see_letter")
@require_GET
def see_letter(request: Any, case: UUID, letter: UUID) -> HttpResponse:
    open_case(actor=request.actor, case=request.case, page="letter", now=timezone.now())
    return show_letter(request, letter)


@door("write_letter")
@require_http_methods(["GET", "POST"])
def write_letter(request: Any, case: UUID, letter: UUID) -> HttpResponse:
    found = queries.letter(case, letter)
    initial = {**asdict(found.written), "seen": found.version}
    may = service.enclosable(case)
    form = WriteForm(request.POST or None, letter=found, enclosable=may, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            service.write_letter(
                actor=request.actor, case_id=case, letter_id=letter, new=form.written(),
                seen=form.cleaned_data["seen"], now=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Udkastet er gemt."))
            return redirect("see_letter", case=case, letter=letter)
    open_case(actor=request.actor, case=request.case, page="letter", now=timezone.now())
    context = {**frame(request), "form": form, "letter": found, "view": views_of(request, [found])[0]}
    return render(request, "letters/write_letter.html", context, status=422 if form.errors else 200)
