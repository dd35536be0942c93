"""What stands on a sheet, what is missing, and when a handover may be sent and confirmed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.guideline.pack import Duty
from vaern.handover.channels import CHANNELS as CHANNELS
from vaern.handover.facts import Channel, Field, Handover, Line, Sheet, State

LINE_MAX, TEXT_MAX, REFERENCE_MAX = 500, 20_000, 200
NEXT: dict[State, tuple[State, ...]] = {
    "draft": ("halfway", "sending", "received"),
    "halfway": ("received",),
    "sending": ("draft", "sent", "received"),
    "sent": ("received",),
    "received": (),
}
HOLDS_BACK = frozenset({"cpr", "address", "other_case", "masked", "unread"})
"""Kinds of finding of the leak check that stop a sheet from leaving by itself. A name, an absence or an injury are what
such a sheet is for."""

REFUSALS: dict[str, str] = {
    "no_channel": _("Værn kender ikke det system."),
    "case_closed": _("Sagen er afsluttet. Åbn den igen, før du skriver mere."),
    "written_meanwhile": _("En anden har skrevet i skemaet imens. Se, hvad der står nu, før du går videre."),
    "too_long": _("Teksten er for lang. Der er plads til %(most)s tegn."),
    "not_open": _("Skemaet er afleveret og kan ikke ændres."),
    "missing": _("Det her mangler: %(fields)s"),
    "no_way": _("Vælg, hvordan det skal sendes."),
    "on_its_way": _("Det er ved at blive sendt."),
    "leaks_second_person": _(
        "Der er fundet noget, som måske ikke må sendes. Ret skemaet, eller få en anden til at sende det."
    ),
    "leaks_reason": _("Skriv, hvorfor det må sendes med det, der er fundet."),
    "no_reference": _("Skriv det nummer eller den kvittering, du fik."),
    "not_drawn": _("Filen kunne ikke laves. Sig det til din administrator, hvis det bliver ved."),
    "not_asked": _("Det bliver der ikke spurgt om."),
    "no_answer": _("Skriv, hvad der blev af det."),
    "no_halfway": _("Det system har ingen kladde."),
    "future_day": _("Datoen ligger ude i fremtiden."),
    "wrong_state": _("Det kan ikke lade sig gøre, som det står nu."),
}


def refuse(code: str, field: str = "", **params: str | tuple[str, ...]) -> Refusal:
    return Refusal(code, REFUSALS[code], params, field=field)


def channel_for(duty: Duty) -> Channel | None:
    """The channel that does this duty: by the system the guideline names, else by what is to be done."""
    named = duty.register_
    by_register = next((one for one in CHANNELS.values() if named and named in one.registers), None)
    return by_register or next((one for one in CHANNELS.values() if duty.act in one.acts), None)


def sheet_of(channel: Channel, known: Mapping[str, str], answers: Mapping[str, str]) -> Sheet:
    """What somebody wrote counts; else what the case knows; else nothing."""
    groups = [
        (section.title, tuple(_line(one, known, answers) for one in section.fields)) for section in channel.sections
    ]
    return Sheet(channel, tuple(groups))


def _line(field: Field, known: Mapping[str, str], answers: Mapping[str, str]) -> Line:
    if field.id in answers:
        return Line(field, answers[field.id], given=True)
    return Line(field, known.get(field.source, "") if field.source else "", given=False)


def follow_ups(channel: Channel, answers: Mapping[str, str]) -> tuple[tuple[str, date], ...]:
    """The days on the sheet on which somebody is asked what became of it: field and day. What is no day is left out."""
    found = ((one.id, _day(answers.get(one.id, ""))) for one in channel.fields if one.follow_up)
    return tuple((field, day) for field, day in found if day is not None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def check_follow_up(asked: bool, answer: str) -> tuple[Refusal, ...]:
    if not asked:
        return (refuse("not_asked"),)
    if not answer.strip():
        return (refuse("no_answer", "answer"),)
    return (refuse("too_long", "answer", most=str(TEXT_MAX)),) if len(answer) > TEXT_MAX else ()


def check_fill(
    handover: Handover, channel: Channel, answers: Mapping[str, str], *, seen: int, open: bool
) -> tuple[Refusal, ...]:
    """A sheet may be kept with holes in it; only what cannot be kept is refused."""
    if not open:
        return (refuse("case_closed"),)
    if handover.state not in {"draft", "halfway"}:
        return (refuse("not_open"),)
    if handover.version != seen:
        return (refuse("written_meanwhile"),)
    most = {one.id: TEXT_MAX if one.kind == "text" else LINE_MAX for one in channel.fields}
    return tuple(
        refuse("too_long", name, most=str(most[name])) for name, value in answers.items() if len(value) > most[name]
    )


def check_send(
    handover: Handover, sheet: Sheet, *, way: str, ways: Collection[str], found: Collection[str], actor: int,
    reason: str, open: bool,
) -> tuple[Refusal, ...]:  # fmt: skip
    """`found`: marks of what the leak check found and nobody let through before."""
    if not open:
        return (refuse("case_closed"),)
    if handover.state == "sending" and not handover.problem:
        return (refuse("on_its_way"),)
    if handover.state not in {"draft", "sending"}:
        return (refuse("wrong_state"),)
    wrong = [*_missing(sheet)]
    if way not in ways:
        wrong.append(refuse("no_way", "way"))
    return (*wrong, *_leaks(handover, found, actor, reason))


def _missing(sheet: Sheet) -> Iterable[Refusal]:
    if sheet.missing:
        yield refuse("missing", fields=tuple(one.label for one in sheet.missing))


def _leaks(handover: Handover, found: Collection[str], actor: int, reason: str) -> Iterable[Refusal]:
    if found and actor == handover.written_by:
        yield refuse("leaks_second_person", "reason")
    elif found and not reason.strip():
        yield refuse("leaks_reason", "reason")


def check_halfway(handover: Handover, channel: Channel, *, open: bool) -> tuple[Refusal, ...]:
    if not open:
        return (refuse("case_closed"),)
    if not channel.halfway:
        return (refuse("no_halfway"),)
    return () if handover.state == "draft" else (refuse("wrong_state"),)


def check_confirm(
    handover: Handover, sheet: Sheet, *, reference: str, received_on: date | None, today: date, open: bool
) -> tuple[Refusal, ...]:
    """By hand it is enough that the sheet is whole; what was sent by a machine is confirmed by its receipt."""
    if not open:
        return (refuse("case_closed"),)
    if "received" not in NEXT[handover.state]:
        return (refuse("wrong_state"),)
    wrong = list(_missing(sheet))
    if not reference.strip():
        wrong.append(refuse("no_reference", "reference"))
    elif len(reference) > REFERENCE_MAX:
        wrong.append(refuse("too_long", "reference", most=str(REFERENCE_MAX)))
    if received_on is not None and received_on > today:
        wrong.append(refuse("future_day", "received_on"))
    return tuple(wrong)
