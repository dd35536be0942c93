"""Conversations with the employee, and what she says she needs: what is missing, and which day is the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from vaern.cases.facts import NeedsGiven, Talked, TalkGiven
from vaern.cases.rules.checks import LONGEST, UNLIKELY, check_text
from vaern.cases.rules.happened import check_happened, happened_at
from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.core.workdays import DANISH_TIME

WAYS = ("meeting", "phone", "video", "elsewhere")
NEEDS = ("impact", "needs_practical", "needs_psychological")


def check_needs(given: NeedsGiven) -> tuple[Refusal, ...]:
    """At least one answer, none too long."""
    if not given.said:
        return (Refusal("empty", _("Skriv noget, før du gemmer."), field="impact"),)
    return tuple(_too_long(given))


def _too_long(given: NeedsGiven) -> Iterator[Refusal]:
    message = _("Teksten er for lang. Højst %(most)s tegn.")
    for name in NEEDS:
        if len(getattr(given, name)) > LONGEST:
            yield Refusal("too_long", message, {"most": str(LONGEST)}, field=name)


def talk(given: TalkGiven, agreed_before: date | None, now: datetime) -> Talked | tuple[Refusal, ...]:
    """What to write down about a conversation, or all that is wrong with it.

    `agreed_before` is the day the case had for the next talk. It stays when this one was held earlier and named no
    other day; it is over when it has been held.
    """
    held = happened_at(given.on_date, given.at_time, now)
    wrong = [*_wrong_words(given), *check_happened(held, now), *_wrong_next(given.next_on, now)]
    if wrong or held is None:
        return tuple(wrong)
    next_on = given.next_on
    if next_on is None and agreed_before is not None and held.astimezone(DANISH_TIME).date() < agreed_before:
        next_on = agreed_before
    return Talked(min(held, now), next_on)


def _wrong_words(given: TalkGiven) -> Iterator[Refusal]:
    if given.way not in WAYS:
        yield Refusal("missing_way", _("Vælg, hvordan I talte sammen."), field="way")
    missing = check_text(given.text)
    if missing:
        yield missing
    if len(given.agreed) > LONGEST:
        yield Refusal(
            "too_long", _("Teksten er for lang. Højst %(most)s tegn."), {"most": str(LONGEST)}, field="agreed"
        )
    yield from _too_long(given.needs)


def _wrong_next(day: date | None, now: datetime) -> Iterator[Refusal]:
    if day is not None and day < now.astimezone(DANISH_TIME).date():
        yield Refusal("next_past", _("Den dag er gået. Vælg en dag, der kommer."), field="next_on")
    elif day is not None and day.year >= 2100:
        yield Refusal("unlikely_date", UNLIKELY, field="next_on")
