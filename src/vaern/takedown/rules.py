"""How often a post is looked at, when it counts as gone, and when the watch ends by itself. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.takedown.facts import Asked, Ended, Look, Step, Watch

STEPS: dict[Step, str] = {
    "author": _("Den, der har skrevet det"),
    "platform": _("Platformen"),
    "group_owner": _("Den, der styrer gruppen eller siden"),
    "host": _("Den, der driver hjemmesiden"),
}
"""The ladder, from whoever can remove it most easily to whoever can always."""
STANDINGS = {
    "up": _("Det ligger der stadig"),
    "changed": _("Det er ændret"),
    "gone": _("Det er væk"),
    "unknown": _("Det kan ikke ses"),
}
ENDINGS: dict[str, str] = {
    "gone": _("Det har været væk i mindst et døgn"),
    "time": _("Der er holdt øje i 90 dage"),
    "person": _("En person standsede det"),
}
SURE = timedelta(hours=24)
"""A post is gone when it was gone at two looks this far apart: a page that fails once is not a removal."""
LONGEST = timedelta(days=90)
"""The stopping rule: nobody is watched for ever."""
ADDRESS_MAX, NOTE_MAX, WATCHES_MAX = 2000, 2000, 50

REFUSALS: dict[str, str] = {
    "case_closed": _("Sagen er afsluttet. Åbn den igen, før du skriver mere."),
    "no_address": _("Skriv adressen på opslaget. Den begynder med https://."),
    "too_long": _("Teksten er for lang. Der er plads til %(most)s tegn."),
    "no_step": _("Vælg, hvem der er bedt om at fjerne det."),
    "future": _("Tidspunktet ligger ude i fremtiden."),
    "too_many": _("Der holdes øje med %(most)s adresser i sagen. Stands en, før du begynder på en ny."),
    "ended": _("Der holdes ikke øje med den adresse mere."),
    "no_standing": _("Vælg, hvad du så."),
    "no_reason": _("Skriv, hvorfor der ikke skal holdes øje mere."),
}


def refuse(code: str, field: str = "", **params: str) -> Refusal:
    return Refusal(code, REFUSALS[code], params, field=field)


def every(age: timedelta) -> timedelta:
    """Every three hours the first day, twice a day the first week, then once a day."""
    if age < timedelta(days=1):
        return timedelta(hours=3)
    return timedelta(hours=12) if age < timedelta(days=7) else timedelta(days=1)


def next_look(started: datetime, at: datetime) -> datetime:
    return at + every(at - started)


def gone_since(looks: Sequence[Look]) -> datetime | None:
    """When it was gone for the first time and stayed gone, once that is sure. Looks that saw nothing count for
    neither."""
    run: list[Look] = []
    for look in (one for one in looks if one.standing != "unknown"):
        run = [*run, look] if look.standing == "gone" else []
    return run[0].at if run and run[-1].at - run[0].at >= SURE else None


def ending(started: datetime, looks: Sequence[Look], now: datetime) -> Ended:
    if gone_since(looks) is not None:
        return "gone"
    return "time" if now - started >= LONGEST else ""


def hours_to_removal(watch: Watch) -> int | None:
    """Whole hours from asking to the first look at which it was gone; None while it is not. Never below nought: it may
    have been gone before anybody asked."""
    if watch.gone_at is None:
        return None
    return max(0, int((watch.gone_at - watch.asked_at) / timedelta(hours=1)))


def check_start(asked: Asked, *, open: bool, watches: int, now: datetime) -> tuple[Refusal, ...]:
    return tuple(_wrong_start(asked, open, watches, now))


def _wrong_start(asked: Asked, open: bool, watches: int, now: datetime) -> Iterable[Refusal]:
    if not open:
        yield refuse("case_closed")
    if not _is_address(asked.address):
        yield refuse("no_address", "address")
    elif len(asked.address) > ADDRESS_MAX:
        yield refuse("too_long", "address", most=str(ADDRESS_MAX))
    if asked.step not in STEPS:
        yield refuse("no_step", "step")
    if asked.asked_at > now:
        yield refuse("future", "asked_at")
    if watches >= WATCHES_MAX:
        yield refuse("too_many", most=str(WATCHES_MAX))


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def check_look(watch: Watch, standing: str, note: str) -> tuple[Refusal, ...]:
    if watch.ended:
        return (refuse("ended"),)
    if standing not in STANDINGS:
        return (refuse("no_standing", "standing"),)
    return (refuse("too_long", "note", most=str(NOTE_MAX)),) if len(note) > NOTE_MAX else ()


def check_end(watch: Watch, note: str) -> tuple[Refusal, ...]:
    if watch.ended:
        return (refuse("ended"),)
    if not note.strip():
        return (refuse("no_reason", "note"),)
    return (refuse("too_long", "note", most=str(NOTE_MAX)),) if len(note) > NOTE_MAX else ()
