"""Evidence on a case: text first, a picture only when it is asked for, the original only as a download."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vaern.cases import queries as cases
from vaern.core.refusal import Refusal, Refused
from vaern.evidence import queries, service
from vaern.evidence.facts import Item, Said
from vaern.evidence.rules import SHOWN, can_mask
from vaern.evidence.service.seeing import see
from vaern.mailbox import queries as mailbox
from vaern.people import queries as people
from vaern.people.doors import may, may_see_originals
from vaern.stamps import queries as stamps
from vaern.web.capture_guides import guide_for
from vaern.web.doors import door
from vaern.web.paging import moment_of
from vaern.web.refusals import put_in_form, say_refusal
from vaern.web.screens.evidence.derived import about
from vaern.web.screens.evidence.forms import EvidenceForm
from vaern.web.screens.evidence.hands import hands
from vaern.web.screens.evidence.known import known_of, same_words
from vaern.web.screens.evidence.sending import send
from vaern.web.screens.evidence.shown import home, inline, shown_item, shown_items
from vaern.web.uploads import take_in_all


@door("take_in_evidence")
@require_http_methods(["GET", "POST"])
def take_in_evidence(request: Any, case: UUID) -> HttpResponseBase:
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return _form(request, form, status=422 if form.errors else 200)
    files, said = form.cleaned_data["evidence"], Said(url=form.cleaned_data["url"].strip())
    before = queries.addresses(case)
    refusals = take_in_all(
        request.actor, files, timezone.now(), case_id=case, note=form.cleaned_data["note"], said=said
    )
    taken = len(files) - len(refusals)
    if said.url:
        _point_out(request, same_words(request.case.link, before, [said.url]))
    if taken:
        counted = ngettext("%(n)s fil er lagt på sagen.", "%(n)s filer er lagt på sagen.", taken) % {"n": taken}
        messages.success(request, counted)
    if refusals or not files:
        put_in_form(form, refusals or (Refusal("no_file", _("Vælg mindst én fil."), field="evidence"),))
        return _form(request, form, status=422)
    return redirect(home(request), case=case)


def _form(request: Any, form: EvidenceForm, status: int = 200) -> HttpResponse:
    platform = str(request.case.facts.get("platform", ""))
    context = {
        "form": form,
        "case": request.case,
        "label": cases.label(request.case),
        "home": home(request),
        "captures": settings.CAPTURE,
        "guide": guide_for(platform, get_language() or "da", timezone.localdate()),
        "mail_address": mailbox.address(),
    }
    return render(request, "evidence/take_in_evidence.html", context, status=status)


def _point_out(request: Any, sentences: list[str]) -> None:
    """A hint, and no refusal: two pictures of one post may show two things."""
    for sentence in sentences:
        messages.info(request, sentence)


@door("see_evidence")
@require_GET
def see_evidence(request: Any, case: UUID, item: UUID) -> HttpResponse:
    """Its name, its note and its hands, with the picture blurred. That, too, is an opening."""
    found = shown_item(case, item, request.relations)
    blurred = see(actor=request.actor, item=found, now=timezone.now())
    return _page(
        request, found, blurred=inline(blurred) if blurred else "", before=moment_of(request.GET.get("before", ""))
    )


@door("preview_evidence")
@require_POST
def preview_evidence(request: Any, case: UUID, item: UUID) -> HttpResponse:
    """Shows the picture or the beginning of the text, because somebody asked. The picture comes with the page itself:
    an address of its own could be opened again by accident, and would be one more exposure nobody asked for."""
    found = shown_item(case, item, request.relations)
    try:
        shown = b""
        if found.kind.id in SHOWN:
            shown = service.preview(actor=request.actor, item=found, now=timezone.now())
        text = service.excerpt(actor=request.actor, item=found, now=timezone.now())
        return _page(request, found, picture=inline(shown) if shown else "", text=text)
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
        return _page(request, found, status=422)


@door("download_evidence")
@require_POST
def download_evidence(request: Any, case: UUID, item: UUID) -> HttpResponseBase:
    found = shown_item(case, item, request.relations)
    try:
        return send(service.download(actor=request.actor, item=found, now=timezone.now()))
    except Refused as refused:
        messages.error(request, say_refusal(refused.refusal))
        return _page(request, found, status=422)


def _page(
    request: Any,
    item: Item,
    *,
    picture: str = "",
    text: str = "",
    blurred: str = "",
    before: datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    originals = may_see_originals(request.relations)
    context = {
        "item": item,
        "case": request.case,
        "label": cases.label(request.case),
        "home": home(request),
        "picture": picture,
        "text": text,
        "blurred": blurred,
        "added_by": people.names({item.added_by}).get(item.added_by, ""),
        **about(request.case.pk, item, shown_items(request.case.pk, request.relations)),
        "may_download_infected": may("download_infected", request.relations),
        "stamp": stamps.states([item], timezone.now())[item.id],
        "may_download": may("download_evidence", request.relations),
        "may_mask": may("mask_evidence", request.relations) and can_mask(item),
        "original": queries.item(request.case.pk, item.derived_from) if originals and item.derived_from else None,
        "copies": queries.masks_of(item) if originals else (),
        **known_of(request, item),
        **hands(item, request.actor.user_id, before=before),
    }
    return render(request, "evidence/see_evidence.html", context, status=status)
