"""What each person says about herself: language, phone, login, absence and deputy."""

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
from vaern.web.login import has_second_factor, speak
from vaern.web.login_history import login_history
from vaern.web.people_words import ROLES
from vaern.web.screens.people.acting import attempt, page
from vaern.web.screens.people.deputies import choose_deputy
from vaern.web.screens.people.forms import ProfileForm, SpanForm


@door("keep_profile")
@require_http_methods(["GET", "POST"])
def keep_profile(request: Any) -> HttpResponseBase:
    actor, today = request.actor, timezone.localdate()
    sheet = queries.person_sheet(actor, actor.user_id, today=today)
    form = ProfileForm(request.POST or None, initial={"language": sheet.language, "phone": sheet.phone})
    if attempt(form, service.keep_profile, actor=actor):
        messages.success(request, _("Gemt."))
        response = redirect("keep_profile")
        speak(response, form.cleaned_data["language"])
        return response
    absence = SpanForm(initial={"from_date": today})
    context = {"sheet": sheet, "roles": ROLES, "absence": absence, "second_factor": has_second_factor(actor.user_id)}
    return page(request, "keep_profile", form, history=login_history(actor.user_id), **context)


@door("keep_profile")
@require_http_methods(["GET", "POST"])
def set_my_absence(request: Any) -> HttpResponseBase:
    actor = request.actor
    form = SpanForm(request.POST or None, initial={"from_date": timezone.localdate()})
    if attempt(form, service.set_absence, actor=actor, user_id=actor.user_id):
        messages.success(request, _("Noteret. I de dage går dine opgaver til din stedfortræder, hvis du har en."))
        return redirect("keep_profile")
    return page(request, "set_my_absence", form)


@door("keep_profile")
@require_POST
def end_my_absence(request: Any, absence_id: int) -> HttpResponseBase:
    try:
        service.end_absence(actor=request.actor, absence_id=absence_id, now=timezone.now())
    except Unseen as unseen:
        raise Http404 from unseen
    messages.success(request, _("Velkommen tilbage. Dit fravær er afsluttet."))
    return redirect("keep_profile")


@door("keep_profile")
@require_http_methods(["GET", "POST"])
def set_my_deputy(request: Any, post_id: int) -> HttpResponseBase:
    return choose_deputy(request, post_id, lambda user_id: reverse("keep_profile"))


@door("keep_profile")
@require_POST
def end_my_deputy(request: Any, deputy_id: int) -> HttpResponseBase:
    try:
        service.end_deputy(actor=request.actor, deputy_id=deputy_id, now=timezone.now())
    except Unseen as unseen:
        raise Http404 from unseen
    messages.success(request, _("Stedfortræderen er taget af."))
    return redirect("keep_profile")
