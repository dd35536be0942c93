"""What the page of one handover shows: what is missing first, then the sheet, then the one thing that comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vaern.cases import queries as cases
from vaern.handover import queries, service
from vaern.handover.facts import Channel, Field, FollowUp, Handover, Sheet
from vaern.handover.rules import CHANNELS
from vaern.letters.rules import why
from vaern.people import queries as people
from vaern.web.screens.handover.forms import WAYS, ConfirmForm, FollowUpForm, SendForm

STATES = {
    "draft": gettext_lazy("Ikke afleveret"),
    "halfway": gettext_lazy("Kladde i systemet: ikke afleveret"),
    "sending": gettext_lazy("På vej"),
    "sent": gettext_lazy("Sendt, uden kvittering endnu"),
    "received": gettext_lazy("Modtaget"),
}
TONES = {"draft": "", "halfway": "warning", "sending": "info", "sent": "info", "received": "success"}


@dataclass(frozen=True, slots=True)
class View:
    handover: Handover
    title: str
    state: str
    tone: str
    written_by: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A field as it is read and copied: days as Danish days, choices as their words."""

    id: str
    label: str
    value: str
    missing: bool
    long: bool


def frame(request: Any) -> dict[str, Any]:
    return {"case": request.case, "label": cases.label(request.case), "open": request.case.state == "open"}


def titled(channel: Channel) -> str:
    return f"{_(channel.title)}: {_(channel.takes)}"


def views_of(handovers: list[Handover]) -> list[View]:
    names = people.names({one.written_by for one in handovers})
    return [
        View(
            handover=one,
            title=titled(CHANNELS[one.channel]) if one.channel in CHANNELS else one.channel,
            state=str(STATES[one.state]),
            tone=TONES[one.state],
            written_by=names.get(one.written_by, ""),
        )
        for one in handovers
    ]


def show_handover(
    request: Any, handover_id: Any, *, send: Any = None, confirm: Any = None, follow_up: Any = None, status: int = 200
) -> HttpResponse:
    now, case = timezone.now(), request.case
    handover = queries.handover(case.pk, handover_id)
    sheet = service.sheet_for(actor=request.actor, case_id=case.pk, handover_id=handover_id, now=now)
    place = service.way_of(case, handover.channel)
    way = place.get("way", "") if place.get("way") in sheet.channel.ways else ""
    findings = service.findings_of(request.actor, case, sheet, now) if way and handover.state == "draft" else []
    context = {
        **frame(request),
        "view": views_of([handover])[0],
        "handover": handover,
        "channel": sheet.channel,
        "groups": _shown(sheet),
        "missing": [_(one.label) for one in sheet.missing],
        "findings": [(one.found, _(why(one))) for one in findings],
        "way": way,
        "way_words": WAYS.get(way, ""),
        "send": send or SendForm(found=bool(findings), initial={"way": way}),
        "confirm": confirm or ConfirmForm(label=_(sheet.channel.receipt)),
        "follow_ups": _followed(handover, follow_up),
        "follow_up": follow_up,
        "names": people.names({one for one in (handover.sent_by, handover.received_by) if one}),
    }
    return render(request, "handover/see_handover.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a plan, its day, its answer when there is one, and the form for a new one."""

    question: str
    follow_up: FollowUp
    by: str
    form: FollowUpForm


def _followed(handover: Handover, typed: FollowUpForm | None) -> list[Asked]:
    found = queries.follow_ups(handover.case_id, handover.id)
    names = people.names({one.answered_by for one in found if one.answered_by})
    forms = {one.field: question_form(handover.channel, one.field) for one in found}
    if typed is not None and typed.data.get("field") in forms:
        forms[typed.data["field"]] = typed
    return [
        Asked(_question(handover.channel, one.field), one, names.get(one.answered_by or 0, ""), forms[one.field])
        for one in found
    ]


def question_form(channel: str, field: str, data: Any = None) -> FollowUpForm:
    of = field if field in _questions(channel) else "x"
    return FollowUpForm(data, question=_question(channel, field), of=of)


def _question(channel: str, field: str) -> str:
    return _(_questions(channel)[field]) if field in _questions(channel) else ""


def _questions(channel: str) -> dict[str, str]:
    fields = CHANNELS[channel].fields if channel in CHANNELS else ()
    return {one.id: one.follow_up for one in fields if one.follow_up}


def _shown(sheet: Sheet) -> list[tuple[str, list[ShownLine]]]:
    return [
        (
            _(title),
            [
                ShownLine(
                    line.field.id,
                    _(line.field.label),
                    shown(line.field, line.value),
                    line.missing,
                    line.field.kind == "text",
                )
                for line in lines
            ],
        )
        for title, lines in sheet.groups
    ]


def shown(field: Field, value: str) -> str:
    if field.kind == "choice":
        return next((_(words) for option, words in field.choices if option == value), value)
    day = parse_date(value) if field.kind == "day" else None
    return date_format(day, "d-m-Y") if day else value
