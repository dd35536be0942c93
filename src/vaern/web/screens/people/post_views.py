"""The administrator gives and ends posts, deputies and absence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vaern.core.refusal import Unseen
from vaern.people import queries, service
from vaern.web.doors import door
from vaern.web.people_words import ROLES
from vaern.web.screens.people.acting import attempt, page
from vaern.web.screens.people.deputies import choose_deputy
from vaern.web.screens.people.forms import EndForm, PostForm, SpanForm
from vaern.web.screens.people.house_views import sheet_of


@door("manage_people")
@require_http_methods(["GET", "POST"])
def give_post(request: Any, user_id: int) -> HttpResponseBase:
    sheet = sheet_of(request, user_id)
    before = {"unit_id": sheet.unit_id, "from_date": timezone.localdate()}
    form = PostForm(request.POST or None, tree=queries.unit_tree(request.actor), initial=before)
    if attempt(form, service.give_post, actor=request.actor, user_id=user_id):
        messages.success(request, _("Posten er givet."))
        return redirect("see_person", user_id=user_id)
    return page(request, "give_post", form, sheet=sheet)


@door("manage_people")
@require_http_methods(["GET", "POST"])
def end_post(request: Any, post_id: int) -> HttpResponseBase:
    try:
        post, holder_id = queries.post_of(request.actor, post_id)
    except Unseen as unseen:
        raise Http404 from unseen
    form = EndForm(request.POST or None, initial={"to_date": timezone.localdate()})
    if attempt(form, service.end_post, actor=request.actor, post_id=post_id):
        messages.success(request, _("Posten får den sidste dag, du valgte."))
        return redirect("see_person", user_id=holder_id)
    context = {"post": post, "role": ROLES[post.role], "sheet": sheet_of(request, holder_id)}
    return page(request, "end_post", form, **context)


@door("manage_people")
@require_http_methods(["GET", "POST"])
def set_deputy(request: Any, post_id: int) -> HttpResponseBase:
    return choose_deputy(request, post_id, lambda user_id: reverse("see_person", args=[user_id]))


@door("manage_people")
@require_POST
def end_deputy(request: Any, user_id: int, deputy_id: int) -> HttpResponseBase:
    try:
        service.end_deputy(actor=request.actor, deputy_id=deputy_id, now=timezone.now())
    except Unseen as unseen:
        raise Http404 from unseen
    messages.success(request, _("Stedfortræderen er taget af."))
    return redirect("see_person", user_id=user_id)


@door("manage_people")
@require_http_methods(["GET", "POST"])
def set_absence(request: Any, user_id: int) -> HttpResponseBase:
    sheet = sheet_of(request, user_id)
    form = SpanForm(request.POST or None, initial={"from_date": timezone.localdate()})
    if attempt(form, service.set_absence, actor=request.actor, user_id=user_id):
        messages.success(request, _("Fraværet er noteret."))
        return redirect("see_person", user_id=user_id)
    return page(request, "set_absence", form, sheet=sheet)


@door("manage_people")
@require_POST
def end_absence(request: Any, user_id: int, absence_id: int) -> HttpResponseBase:
    try:
        service.end_absence(actor=request.actor, absence_id=absence_id, now=timezone.now())
    except Unseen as unseen:
        raise Http404 from unseen
    messages.success(request, _("Fraværet er afsluttet."))
    return redirect("see_person", user_id=user_id)
