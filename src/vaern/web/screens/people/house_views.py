"""The administrator's people: list, one person, and what can be done about her login. No case is seen from here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vaern.core.refusal import Refused, Unseen
from vaern.people import queries, service
from vaern.people.facts import PersonSheet
from vaern.web.doors import door
from vaern.web.login import has_second_factor
from vaern.web.login import reset_second_factor as forget_second_factor
from vaern.web.people_words import ROLES
from vaern.web.refusals import say_refusal
from vaern.web.screens.people.acting import attempt, page
from vaern.web.screens.people.forms import UserForm


@door("manage_people")
@require_http_methods(["GET", "POST"])
def manage_people(request: Any) -> HttpResponse:
    """Everybody, page by page. A search goes by POST, since a name does not belong in an address; it shows one page."""
    term = request.POST.get("term", "").strip()
    found = queries.people_page(request.actor, term=term, number=request.GET.get("page", 1), today=timezone.localdate())
    context = {"page": found, "term": term, "roles": ROLES}
    return render(request, "people/manage_people.html", context)


def sheet_of(request: Any, user_id: int) -> PersonSheet:
    try:
        return queries.person_sheet(request.actor, user_id, today=timezone.localdate())
    except Unseen as unseen:
        raise Http404 from unseen


@door("manage_people")
@require_GET
def see_person(request: Any, user_id: int) -> HttpResponse:
    context = {"sheet": sheet_of(request, user_id), "roles": ROLES, "second_factor": has_second_factor(user_id)}
    return render(request, "people/see_person.html", context)


@door("manage_people")
@require_http_methods(["GET", "POST"])
def create_user(request: Any) -> HttpResponseBase:
    form = UserForm(request.POST or None, tree=queries.unit_tree(request.actor))
    if attempt(form, service.create_user, actor=request.actor, organisation_id=request.actor.organisation_id):
        messages.success(request, _("Brugeren er oprettet. Giv en post, og lav et engangslink til første login."))
        made = queries.who_logs_in(form.cleaned_data["email"])
        return redirect("see_person", user_id=made.pk if made else 0)
    return page(request, "create_user", form)


@door("manage_people")
@require_http_methods(["GET", "POST"])
def change_user(request: Any, user_id: int) -> HttpResponseBase:
    sheet = sheet_of(request, user_id)
    before = {"name": sheet.name, "email": sheet.email, "title": sheet.title, "unit_id": sheet.unit_id}
    form = UserForm(request.POST or None, tree=queries.unit_tree(request.actor), initial=before)
    if attempt(form, service.change_user, actor=request.actor, user_id=user_id):
        messages.success(request, _("Gemt."))
        return redirect("see_person", user_id=user_id)
    return page(request, "change_user", form, sheet=sheet)


@door("manage_people")
@require_http_methods(["GET", "POST"])
def deactivate_user(request: Any, user_id: int) -> HttpResponseBase:
    sheet = sheet_of(request, user_id)
    if request.method == "GET":
        return render(request, "people/deactivate_user.html", {"sheet": sheet})
    try:
        service.deactivate_user(actor=request.actor, user_id=user_id, now=timezone.now())
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
    else:
        messages.success(request, _("Brugeren er lukket og er logget ud."))
    return redirect("see_person", user_id=user_id)


@door("manage_people")
@require_POST
def activate_user(request: Any, user_id: int) -> HttpResponseBase:
    sheet_of(request, user_id)
    service.activate_user(actor=request.actor, user_id=user_id, now=timezone.now())
    messages.success(request, _("Brugeren er åbnet. Lav et engangslink, så personen kan vælge en adgangskode."))
    return redirect("see_person", user_id=user_id)


@door("manage_people")
@require_POST
def issue_link(request: Any, user_id: int) -> HttpResponseBase:
    """Shows the link once. It is kept nowhere; a new one can always be made."""
    sheet = sheet_of(request, user_id)
    try:
        secret = service.issue_link(actor=request.actor, user_id=user_id, now=timezone.now())
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
        return redirect("see_person", user_id=user_id)
    link = request.build_absolute_uri(reverse("open_link", args=[user_id, secret]))
    return render(request, "people/issue_link.html", {"sheet": sheet, "link": link})


@door("manage_people")
@require_POST
def reset_second_factor(request: Any, user_id: int) -> HttpResponseBase:
    sheet_of(request, user_id)
    forget_second_factor(actor=request.actor, user_id=user_id, organisation_id=request.actor.organisation_id)
    messages.success(request, _("Totrinskoden er nulstillet. Næste login beder om en ny, hvis posten kræver det."))
    return redirect("see_person", user_id=user_id)
