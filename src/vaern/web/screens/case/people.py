"""Who takes part in a case: brought in by name and with a reason, taken out again, or shut out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vaern.cases import queries, service
from vaern.core.refusal import Refused, Unseen
from vaern.people import queries as people
from vaern.web.doors import door
from vaern.web.refusals import put_in_form, say_refusal
from vaern.web.screens.case.forms import BringInForm, FindForm, ReasonForm, ShutOutForm


@door("bring_in")
@require_http_methods(["GET", "POST"])
def bring_in(request: Any, case: UUID) -> HttpResponse:
    """The search goes by POST too: a name does not belong in an address."""
    found = people.colleagues(request.actor, request.POST.get("term", ""))
    form = BringInForm(request.POST or None, found=found)
    looking = "find" in request.POST or "user" not in request.POST or not found
    if request.method == "POST" and not looking and form.is_valid():
        try:
            service.bring_in(
                actor=request.actor,
                case_id=request.case.pk,
                user_id=form.cleaned_data["user"],
                role=form.cleaned_data["role"],
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except Refused as refused:
            put_in_form(form, refused.refusals)
        except Unseen as unseen:
            raise Http404 from unseen
        else:
            messages.success(request, _("Personen er nu med i sagen."))
            return redirect("see_case", request.case.pk)
    if request.method == "POST" and looking:
        form = BringInForm(initial=request.POST.dict(), found=found)
    context = {
        "case": request.case,
        "label": queries.label(request.case),
        "form": form,
        "found": found,
        "nobody": request.method == "POST" and not found,
    }
    return render(request, "case/bring_in.html", context, status=422 if form.errors else 200)


@door("name_affected")
@require_http_methods(["GET", "POST"])
def name_affected(request: Any, case: UUID) -> HttpResponse:
    """Found and chosen like a colleague brought in. The search starts with the name the report gave."""
    if request.case.affected_id:
        return redirect("see_case", request.case.pk)
    term = request.POST.get("term", request.case.affected_name)
    found = people.colleagues(request.actor, term)
    chosen = bool(found) and "find" not in request.POST and "user" in request.POST
    form = FindForm(request.POST if chosen else None, initial={"term": term}, found=found)
    if chosen and form.is_valid() and _named(request, form):
        messages.success(request, _("Medarbejderen kan nu se sin egen sag."))
        return redirect("see_case", request.case.pk)
    context = {"case": request.case, "label": queries.label(request.case), "form": form, "found": found}
    return render(request, "case/name_affected.html", context, status=422 if form.errors else 200)


def _named(request: Any, form: FindForm) -> bool:
    user_id = form.cleaned_data["user"]
    try:
        service.name_affected(actor=request.actor, case_id=request.case.pk, user_id=user_id, now=timezone.now())
    except Refused as refused:
        put_in_form(form, refused.refusals)
    return not form.errors


@door("unname_affected")
@require_http_methods(["GET", "POST"])
def unname_affected(request: Any, case: UUID) -> HttpResponse:
    """Asked for a reason first: whoever was named by mistake loses the case with this button."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            service.unname_affected(actor=request.actor, case_id=request.case.pk, reason=reason, now=timezone.now())
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Personen kan ikke længere se sagen."))
            return redirect("see_case", request.case.pk)
    context = {"case": request.case, "label": queries.label(request.case), "form": form}
    return render(request, "case/unname_affected.html", context, status=422 if form.errors else 200)


@door("shut_out")
@require_http_methods(["GET", "POST"])
def shut_out(request: Any, case: UUID) -> HttpResponse:
    """Found and chosen like a colleague brought in, since a representative may have no part yet."""
    found = people.colleagues(request.actor, request.POST.get("term", ""))
    chosen = bool(found) and "find" not in request.POST and "user" in request.POST
    form = ShutOutForm(request.POST if chosen else None, initial=request.POST.dict(), found=found)
    if chosen and form.is_valid() and _shut(request, form):
        messages.success(request, _("Personen kan ikke længere se sagen."))
        return redirect("see_case", request.case.pk)
    nobody = request.method == "POST" and not found
    context = {
        "case": request.case,
        "label": queries.label(request.case),
        "form": form,
        "found": found,
        "nobody": nobody,
    }
    return render(request, "case/shut_out.html", context, status=422 if form.errors else 200)


def _shut(request: Any, form: ShutOutForm) -> bool:
    given = form.cleaned_data
    try:
        service.shut_out(
            actor=request.actor, case_id=request.case.pk, user_id=given["user"], reason=given["reason"],
            now=timezone.now(),
        )  # fmt: skip
    except Refused as refused:
        put_in_form(form, refused.refusals)
    except Unseen as unseen:
        raise Http404 from unseen
    return not form.errors


@door("take_out")
@require_POST
def take_out(request: Any, case: UUID) -> HttpResponse:
    try:
        service.take_out(
            actor=request.actor, case_id=request.case.pk, part_id=_number(request.POST.get("part")), now=timezone.now()
        )
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
    except Unseen as unseen:
        raise Http404 from unseen
    else:
        messages.success(request, _("Personen er ikke længere med i sagen."))
    if doors_still_open(request):
        return redirect("see_case", request.case.pk)
    return redirect("see_my_duties")


def doors_still_open(request: Any) -> bool:
    """Whoever takes themselves out cannot go back to the case."""
    return bool(queries.relations(request.actor, request.case) & request.relations - {"above", "amr"})


def _number(given: str | None) -> int:
    if given is None or not given.isdecimal() or len(given) > 18:
        raise Http404
    return int(given)
