"""Choosing a deputy: the same page for the holder herself and for an administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from vaern.core.refusal import Unseen
from vaern.people import queries, service
from vaern.web.people_words import ROLES
from vaern.web.screens.people.acting import attempt, page
from vaern.web.screens.people.forms import DeputyForm


def choose_deputy(request: Any, post_id: int, back: Callable[[int], str]) -> HttpResponseBase:
    """Search first, then choose: a list of everybody would be no list. The search goes by POST too: a name does not
    belong in an address. `back`: where to go afterwards, from the holder's id."""
    try:
        post, holder_id = queries.post_of(request.actor, post_id)
    except Unseen as unseen:
        raise Http404 from unseen
    term = request.POST.get("term", "").strip()
    found = [one for one in queries.colleagues(request.actor, term) if one.user_id != holder_id]
    given = request.POST if "from_date" in request.POST else None
    form = DeputyForm(given, found=found, initial={"from_date": timezone.localdate(), "term": term})
    if attempt(form, service.set_deputy, actor=request.actor, post_id=post_id):
        messages.success(request, _("Stedfortræderen er valgt. Det gælder de dage, hvor der er noteret fravær."))
        return redirect(back(holder_id))
    context = {"post": post, "role": ROLES[post.role], "term": term, "found": found, "back": back(holder_id)}
    return page(request, "set_deputy", form, **context)
