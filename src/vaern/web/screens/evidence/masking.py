"""Covering something up. With script one draws on the picture; without it one types numbers and looks again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaern.cases import queries as cases
from vaern.cases.service import see_case as open_case
from vaern.core.refusal import Refused
from vaern.evidence import queries, service
from vaern.evidence.facts import Box, Item
from vaern.evidence.rules import can_mask, may_set_aside
from vaern.web.doors import door
from vaern.web.refusals import put_in_form, say_refusal
from vaern.web.screens.evidence.forms import BoxesForm, MaskForm, SetAsideForm, boxes_of, faults_of, percent
from vaern.web.screens.evidence.shown import found_item, home, inline

GRID = range(10, 100, 10)


@door("mask_evidence")
@require_http_methods(["GET", "POST"])
def mask_evidence(request: Any, case: UUID, item: UUID) -> HttpResponseBase:
    """The picture or the text stands on the page only when it was asked for, as everywhere."""
    found = found_item(case, item)
    if not can_mask(found):
        raise Http404
    if request.method == "GET":
        open_case(actor=request.actor, case=request.case, page="evidence", now=timezone.now())
        return render(request, "evidence/mask_evidence.html", _frame(request, found))
    if request.POST.get("go") != "keep":
        return _look(request, found)
    return _keep(request, found)


def _keep(request: Any, item: Item) -> HttpResponseBase:
    form = MaskForm(request.POST, picture=item.kind.picture)
    boxes: Any = BoxesForm(request.POST, prefix="box")
    if item.kind.picture and not boxes.is_valid():
        form.is_valid()
        for fault in faults_of(boxes):
            form.add_error(None, fault)
    if not form.is_valid():
        return _page(request, item, form, boxes, status=422)
    try:
        made = service.mask_evidence(
            actor=request.actor,
            relations=request.relations,
            item=item,
            boxes=boxes_of(boxes) if item.kind.picture else (),
            phrases=form.cleaned_data.get("phrases", "").splitlines(),
            note=form.cleaned_data["note"],
            now=timezone.now(),
        )
    except Refused as refused:
        put_in_form(form, refused.refusals)
        return _page(request, item, form, boxes, status=422)
    messages.success(request, _("Den maskerede udgave er lagt på sagen. Se den igennem."))
    return redirect("see_evidence", case=request.case.pk, item=made.id)


def _look(request: Any, item: Item) -> HttpResponse:
    """What was typed stays, with room for more; the first time, what the newest masked copy covers stands there."""
    typed = request.POST.get("go") == "look"
    if typed:
        form = MaskForm(request.POST, picture=item.kind.picture)
        boxes: Any = BoxesForm(request.POST, prefix="box")
        form.is_valid()
        if not item.kind.picture or not boxes.is_valid():
            for fault in faults_of(boxes) if item.kind.picture else ():
                form.add_error(None, fault)
            return _page(request, item, form, boxes)
        return _page(request, item, form, _rows(boxes_of(boxes)))
    last = queries.mask_of(item)
    start = {"note": item.note}
    drawn = [Box(*sides) for sides in last.how.get("boxes", ())] if last else []
    return _page(request, item, MaskForm(initial=start, picture=item.kind.picture), _rows(drawn), last)


def _rows(boxes: list[Box]) -> Any:
    return BoxesForm(prefix="box", initial=[percent(box) for box in boxes])


def _page(request: Any, item: Item, form: MaskForm, boxes: Any, last: Item | None = None, status: int = 200) -> Any:
    now, context = timezone.now(), {**_frame(request, item), "form": form, "boxes": boxes}
    try:
        if item.kind.picture:
            context["picture"] = inline(service.preview(actor=request.actor, item=item, now=now))
            context["drawn"] = _drawn(boxes)
        else:
            context["text"] = service.whole_text(actor=request.actor, item=item, now=now)
            if last:
                form.initial["phrases"] = "\n".join(service.words_at(context["text"], last.how.get("words", ())))
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
        return render(request, "evidence/mask_evidence.html", _frame(request, item), status=422)
    return render(request, "evidence/mask_evidence.html", context, status=status)


def _drawn(boxes: Any) -> list[dict[str, str]]:
    if boxes.is_bound:
        return [percent(box) for box in boxes_of(boxes)]
    return list(boxes.initial or ())


def _frame(request: HttpRequest, item: Item) -> dict[str, Any]:
    case = request.case  # type: ignore[attr-defined]
    return {"item": item, "case": case, "label": cases.label(case), "home": home(request), "grid": GRID}


@door("set_mask_aside")
@require_http_methods(["GET", "POST"])
def set_mask_aside(request: Any, case: UUID, item: UUID) -> HttpResponseBase:
    found, form = found_item(case, item), SetAsideForm(request.POST or None)
    if found.made_by != "mask":
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            service.set_mask_aside(
                actor=request.actor,
                relations=request.relations,
                item=found,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Den maskerede udgave er sat til side."))
            return redirect("see_evidence", case=case, item=item)
    may = may_set_aside(found, actor_id=request.actor.user_id, relations=request.relations, reason="-")
    context = {**_frame(request, found), "form": form, "why_not": say_refusal(may) if may else ""}
    return render(request, "evidence/set_mask_aside.html", context, status=422 if form.errors else 200)
