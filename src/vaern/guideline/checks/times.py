"""Time: units, anchors, deadlines, repetition, and dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vaern.core.text import gettext_noop
from vaern.guideline.checks.book import Book, Spot
from vaern.guideline.checks.walk import parts
from vaern.guideline.load import ENTRY
from vaern.guideline.pack import Deadline, Duty, Legal, Modality, Moment, Offset, OutsiderDeadline, Repeat
from vaern.guideline.problem import Problem

ONE_UNIT = gettext_noop("Skriv netop én af hours, days, workdays, weeks og months.")
POSITIVE = gettext_noop("Tallet skal være større end nul.")
TOO_LONG = gettext_noop("Tallet er for stort: højst %(most)s, som er ti år.")
NEGATIVE = gettext_noop("En tid før begivenheden giver kun mening, når det er en kontakts udløbsdato.")
NO_EVENT = gettext_noop("Begivenheden '%(event)s' findes ikke i events.")
NO_DUTY = gettext_noop("Pligten '%(duty)s' findes ikke i duties.")
NO_CONTACT = gettext_noop("Kontakten '%(contact)s' findes ikke i contacts.")
NOTHING = gettext_noop("Fristen siger ingenting. Skriv kildens ord (words) eller et tidspunkt (anchor og offset).")
NO_ANCHOR = gettext_noop("Fristen har et tal, men ikke noget at regne fra (anchor).")
BOTH_ANCHORS = gettext_noop("Brug enten anchor eller anchors, ikke begge.")
OWN_WORDS = gettext_noop("own = true betyder, at organisationen selv har sat tallet. Her er intet tal.")
OWN_LAW = gettext_noop("Tallet kan ikke både være organisationens eget (own) og stå i en lov (reference, certainty).")
UNSURE = gettext_noop("Når der henvises til en lov, skal både certainty og checked_on stå der.")
CLOCK_SOURCE = gettext_noop("Lagets frist siger ikke, hvor den kommer fra. Skriv reference, eller own = true.")
NO_DEADLINE_MUST_NOT = gettext_noop("Et forbud gælder hele tiden og kan ikke have en frist.")
ORDER_OF_TIME = gettext_noop("Pligten må tidligst gøres, efter at den senest skal være gjort.")
NO_REPEAT = gettext_noop("Skriv, hvor ofte det gentages (every), eller at det er løbende (continuous = true).")
BOTH_REPEATS = gettext_noop("Skriv enten every eller continuous, ikke begge.")
UNTIL_SELF = gettext_noop("Pligten kan ikke gentages, til den selv er gjort.")
AT_LEAST = gettext_noop("Antallet kan ikke være under nul.")
OUTSIDER_NOTHING = gettext_noop("Skriv, hvor lang tid de har fået (offset), eller kildens ord (words).")
THEN_SELF = gettext_noop("Det næste skridt kan ikke være den samme pligt.")
FUTURE = gettext_noop("Datoen %(date)s er ikke kommet endnu.")
TIMES_A_YEAR = gettext_noop("Antallet pr. år skal være mellem 1 og 366.")
BACKWARDS = gettext_noop("Slutdatoen ligger før startdatoen.")

MOST = {"hours": 87_600, "days": 3_650, "workdays": 2_500, "weeks": 520, "months": 120}
"""Ten years of each unit. No guideline waits longer, and a slip of the keyboard would count beyond every calendar."""
UNITS = tuple(MOST)


def check_times(book: Book, today: date | None) -> Iterator[Problem]:
    for kind in ENTRY:
        for spot, entry in book.spots(kind, getattr(book.pack, kind)):
            yield from _common(book, spot, entry, today)
    for spot, duty in book.duties():
        yield from _duty(book, spot, duty)
    for spot, clock in book.spots("clocks", book.pack.clocks):
        if not clock.deadline.reference and not clock.deadline.own:
            yield spot.at("deadline").problem(CLOCK_SOURCE)
    yield from _standing(book)
    yield from _validity(book)


def _common(book: Book, spot: Spot, entry: object, today: date | None) -> Iterator[Problem]:
    """What holds wherever an offset, a moment, a deadline or a reference to law stands."""
    for at, offset in parts(spot, entry, Offset):
        if len(_given(offset)) != 1:
            yield at.problem(ONE_UNIT)
        for unit, most in MOST.items():
            if abs(getattr(offset, unit) or 0) > most:
                yield at.at(unit).problem(TOO_LONG, most=str(most))
    for at, moment in parts(spot, entry, Moment):
        yield from _anchor(book, at.at("anchor"), moment.anchor)
        yield from _sign(at.at("offset"), moment.offset, (moment.anchor,))
    for at, deadline in parts(spot, entry, Deadline):
        yield from _deadline(book, at, deadline)
        yield from _past(at.at("checked_on"), deadline.checked_on, today)
    for at, legal in parts(spot, entry, Legal):
        yield from _past(at.at("checked_on"), legal.checked_on, today)


def _given(offset: Offset) -> list[int]:
    return [amount for unit in UNITS if (amount := getattr(offset, unit)) is not None]


def _amount(offset: Offset) -> int:
    return next(iter(_given(offset)), 0)


def _sign(spot: Spot, offset: Offset, anchors: tuple[str, ...]) -> Iterator[Problem]:
    """Only an expiry is known before it comes; "two days before it was discovered" can never be kept."""
    if _amount(offset) < 0 and not all(anchor.startswith("contact:") for anchor in anchors):
        yield spot.problem(NEGATIVE)


def _positive(spot: Spot, offset: Offset | None) -> Iterator[Problem]:
    if offset is not None and len(_given(offset)) == 1 and _amount(offset) <= 0:
        yield spot.problem(POSITIVE)


def _anchor(book: Book, spot: Spot, anchor: str) -> Iterator[Problem]:
    kind, _, name = anchor.partition(":")
    if kind == "event" and name not in book.events:
        yield spot.problem(NO_EVENT, event=name)
    elif kind == "duty" and not book.duty_known(name):
        yield spot.problem(NO_DUTY, duty=name)
    elif kind == "contact" and name not in book.contacts:
        yield spot.problem(NO_CONTACT, contact=name)


def _deadline(book: Book, spot: Spot, deadline: Deadline) -> Iterator[Problem]:
    anchors = deadline.anchors or ((deadline.anchor,) if deadline.anchor else ())
    if not deadline.words and not anchors and deadline.offset is None:
        yield spot.problem(NOTHING)
    if deadline.offset is not None and not anchors:
        yield spot.at("offset").problem(NO_ANCHOR)
    if deadline.anchor and deadline.anchors:
        yield spot.at("anchors").problem(BOTH_ANCHORS)
    for anchor in anchors:
        yield from _anchor(book, spot.at("anchors" if deadline.anchors else "anchor"), anchor)
    if deadline.offset is not None and anchors:
        yield from _sign(spot.at("offset"), deadline.offset, anchors)
    if deadline.own and deadline.offset is None:
        yield spot.at("own").problem(OWN_WORDS)
    if deadline.own and (deadline.reference or deadline.certainty):
        yield spot.at("own").problem(OWN_LAW)
    if deadline.reference and not (deadline.certainty and deadline.checked_on):
        yield spot.at("reference").problem(UNSURE)


def _past(spot: Spot, day: date | None, today: date | None) -> Iterator[Problem]:
    if day is not None and today is not None and day > today:
        yield spot.problem(FUTURE, date=day.isoformat())


def _duty(book: Book, spot: Spot, duty: Duty) -> Iterator[Problem]:
    if duty.modality is Modality.MUST_NOT and duty.deadline is not None:
        yield spot.at("deadline").problem(NO_DEADLINE_MUST_NOT)
    if duty.not_before and duty.not_after and _crossed(duty.not_before, duty.not_after):
        yield spot.at("not_after").problem(ORDER_OF_TIME)
    if duty.repeat:
        yield from _repeat(book, spot.at("repeat"), duty, duty.repeat)
    if duty.outsider:
        yield from _outsider(book, spot.at("outsider"), duty, duty.outsider)


def _crossed(first: Moment, last: Moment) -> bool:
    """Certain only for the same anchor and unit: five workdays against a week depends on the calendar."""
    if first.anchor != last.anchor:
        return False
    same_unit = any(
        getattr(first.offset, unit) is not None and getattr(last.offset, unit) is not None for unit in UNITS
    )
    return (same_unit or _amount(last.offset) == 0) and _amount(first.offset) > _amount(last.offset)


def _repeat(book: Book, spot: Spot, duty: Duty, repeat: Repeat) -> Iterator[Problem]:
    if repeat.every is None and not repeat.continuous:
        yield spot.problem(NO_REPEAT)
    if repeat.every is not None and repeat.continuous:
        yield spot.at("continuous").problem(BOTH_REPEATS)
    if repeat.at_least < 0:
        yield spot.at("at_least").problem(AT_LEAST)
    yield from _positive(spot.at("every"), repeat.every)
    if repeat.until == f"duty:{duty.id}":
        yield spot.at("until").problem(UNTIL_SELF)
    elif repeat.until:
        yield from _anchor(book, spot.at("until"), repeat.until)


def _outsider(book: Book, spot: Spot, duty: Duty, outsider: OutsiderDeadline) -> Iterator[Problem]:
    if outsider.offset is None and not outsider.words:
        yield spot.problem(OUTSIDER_NOTHING)
    yield from _positive(spot.at("offset"), outsider.offset)
    if outsider.then == duty.id:
        yield spot.at("then").problem(THEN_SELF)
    elif not book.duty_known(outsider.then):
        yield spot.at("then").problem(NO_DUTY, duty=outsider.then)
    if outsider.answered_by and outsider.answered_by not in book.events:
        yield spot.at("answered_by").problem(NO_EVENT, event=outsider.answered_by)


def _standing(book: Book) -> Iterator[Problem]:
    for spot, standing in book.spots("standing", book.pack.standing):
        yield from _positive(spot.at("every"), standing.every)
        if standing.times_a_year is not None and not 1 <= standing.times_a_year <= 366:
            yield spot.at("times_a_year").problem(TIMES_A_YEAR)
    for spot, measure in book.spots("measures", book.pack.measures):
        yield from _positive(spot.at("period"), measure.period)
        yield from _positive(spot.at("review"), measure.review)


def _validity(book: Book) -> Iterator[Problem]:
    governance = book.pack.pack.governance
    first, last = governance.valid_from, governance.valid_to
    if isinstance(first, date) and isinstance(last, date) and last < first:
        yield book.head().at("governance", "valid_to").problem(BACKWARDS)
