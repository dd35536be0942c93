"""A conversation with the employee, written down where she can read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from vaern.cases import queries, service
from vaern.cases.facts import NeedsGiven, TalkGiven
from vaern.cases.rules import NEEDS, WAYS
from vaern.core.refusal import Refused
from vaern.web.doors import door
from vaern.web.refusals import put_in_form
from vaern.web.screens.case.forms import Judged, text_field
from vaern.web.templatetags.case import talk_way


class ConversationForm(Judged):
    way = forms.ChoiceField(
        label=gettext_lazy("Hvordan talte I sammen?"),
        # Asked at each request: at import there is no reader yet whose language it could be in.
        choices=lambda: [(way, talk_way(way).capitalize()) for way in WAYS],
        widget=forms.RadioSelect,
    )
    on_date = forms.DateField(
        label=gettext_lazy("Hvilken dag?"),
        help_text=gettext_lazy("Lad det stå tomt, hvis det er nu."),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    at_time = forms.CharField(
        label=gettext_lazy("Hvad var klokken?"), required=False, max_length=5, widget=forms.TextInput({"type": "time"})
    )
    text = text_field(gettext_lazy("Hvad talte I om?"), gettext_lazy("Skriv det, som medarbejderen sagde det."), 8)
    impact = text_field(gettext_lazy("Hvordan påvirker det medarbejderen?"), rows=3, required=False)
    needs_practical = text_field(gettext_lazy("Hvad er der brug for i det praktiske?"), rows=3, required=False)
    needs_psychological = text_field(gettext_lazy("Hvad ville gøre det lettere at være i?"), rows=3, required=False)
    agreed = text_field(gettext_lazy("Hvad aftalte I?"), rows=3, required=False)
    next_on = forms.DateField(
        label=gettext_lazy("Hvornår taler I sammen næste gang?"),
        help_text=gettext_lazy("I bliver begge mindet om det den dag."),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def given(self) -> TalkGiven:
        said = self.cleaned_data
        words = {name: said[name] for name in NEEDS}
        rest = {name: said[name] for name in ("way", "text", "agreed", "on_date", "at_time", "next_on")}
        return TalkGiven(needs=NeedsGiven(**words), **rest)


@door("note_conversation")
@require_http_methods(["GET", "POST"])
def note_conversation(request: Any, case: UUID) -> HttpResponse:
    form = ConversationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            service.note_conversation(
                actor=request.actor, case_id=request.case.pk, given=form.given(), now=timezone.now()
            )
        except Refused as refused:
            put_in_form(form, refused.refusals)
        else:
            messages.success(request, _("Samtalen er skrevet ned. Medarbejderen kan læse den."))
            return redirect("see_case", request.case.pk)
    context = {
        "case": request.case,
        "label": queries.label(request.case),
        "form": form,
        "back": resolve_url("see_case", request.case.pk),
    }
    return render(request, "case/note_conversation.html", context, status=422 if form.errors else 200)
