"""Conditions: the facts they ask about exist, the values can occur, and the tests do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vaern.core.text import gettext_noop
from vaern.guideline.checks.book import Book, Spot
from vaern.guideline.checks.walk import parts
from vaern.guideline.facts import UNKNOWN
from vaern.guideline.load import ENTRY
from vaern.guideline.pack import Condition, Fact, FactKind, Test
from vaern.guideline.problem import Problem

NO_FACT = gettext_noop("Værn kender ikke oplysningen '%(fact)s'. Stav den rigtigt, eller tilføj den i facts.")
NO_VALUE = gettext_noop("'%(fact)s' kan ikke være '%(value)s'. Vælg mellem: %(allowed)s.")
NO_TEST = gettext_noop("Her står ikke, hvad '%(fact)s' skal være (is, at_least eller at_most).")
NOT_ORDERED = gettext_noop(
    "'%(fact)s' har ingen rækkefølge. at_least og at_most kan kun bruges om en skala, et tal eller en dato."
)
NOT_A_NUMBER = gettext_noop("'%(fact)s' er et tal, så her skal stå et helt tal.")
NOT_A_DATE = gettext_noop("'%(fact)s' er en dato, så her skal stå en dato som \"2026-01-31\".")
NEVER_BETWEEN = gettext_noop("at_least er større end at_most, så det kan aldrig passe.")
EMPTY = gettext_noop("Betingelsen er tom. Skriv, hvad der skal gælde, eller slet den.")
CONTRADICTION = gettext_noop("Betingelsen modsiger sig selv: '%(fact)s' både skal og ikke må være %(values)s.")
TWO_AT_ONCE = gettext_noop("Betingelsen kan aldrig passe: '%(fact)s' kan ikke være %(values)s på samme tid.")
ALWAYS_EXEMPT = gettext_noop("Undtagelsen gælder altid, når pligten gør. Så opstår pligten aldrig.")
NO_VALUES = gettext_noop("En oplysning af typen %(kind)s skal have mindst to værdier (values).")
VALUES_UNUSED = gettext_noop("En oplysning af typen %(kind)s har ingen faste værdier. Slet values.")
VALUE_TWICE = gettext_noop("Værdien '%(value)s' står to gange.")
VALUE_UNKNOWN = gettext_noop('Værdien "unknown" findes altid. Slet den fra listen.')

_WITH_VALUES = (FactKind.CHOICE, FactKind.CHOICES, FactKind.SCALE)


def check_conditions(book: Book) -> Iterator[Problem]:
    yield from _declared(book)
    for kind in ENTRY:
        for spot, entry in book.spots(kind, getattr(book.pack, kind)):
            for at, condition in parts(spot, entry, Condition):
                yield from _condition(book, at, condition)
    for spot, duty in book.duties():
        for index, exception in enumerate(duty.exceptions):
            if duty.when is not None and exception.when == duty.when and exception.unless is None:
                yield spot.at("exceptions", index, "when").problem(ALWAYS_EXEMPT)


def _declared(book: Book) -> Iterator[Problem]:
    for spot, fact in book.spots("facts", book.pack.facts):
        names = [value.id for value in fact.values]
        if fact.kind in _WITH_VALUES and len(names) < 2:
            yield spot.at("values").problem(NO_VALUES, kind=fact.kind.value)
        if fact.kind not in _WITH_VALUES and names:
            yield spot.at("values").problem(VALUES_UNUSED, kind=fact.kind.value)
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                yield spot.at("values").problem(VALUE_TWICE, value=name)
            if name == UNKNOWN:
                yield spot.at("values").problem(VALUE_UNKNOWN)


def _condition(book: Book, spot: Spot, condition: Condition) -> Iterator[Problem]:
    if not (condition.all or condition.any or condition.none):
        yield spot.problem(EMPTY)
    for name in ("all", "any", "none"):
        for index, test in enumerate(getattr(condition, name)):
            yield from _test(book, spot.at(name, index), test)
    yield from _contradictions(book, spot, condition)


def _test(book: Book, spot: Spot, test: Test) -> Iterator[Problem]:
    fact = book.facts.get(test.fact)
    if fact is None:
        yield spot.at("fact").problem(NO_FACT, fact=test.fact)
        return
    if not test.is_ and test.at_least is None and test.at_most is None:
        yield spot.problem(NO_TEST, fact=fact.id)
    for value in test.is_:
        allowed = _allowed(book, fact)
        fits = value in allowed or (fact.kind is FactKind.NUMBER and value.isdecimal())
        if not fits:
            yield spot.at("is").problem(NO_VALUE, fact=fact.id, value=value, allowed=", ".join(allowed))
    yield from _bounds(book, spot, test, fact)


def _bounds(book: Book, spot: Spot, test: Test, fact: Fact) -> Iterator[Problem]:
    ranks: list[int] = []
    for name, bound in (("at_least", test.at_least), ("at_most", test.at_most)):
        if bound is None:
            continue
        values = [value.id for value in fact.values]
        if fact.kind not in (FactKind.SCALE, FactKind.NUMBER, FactKind.DATE):
            yield spot.at(name).problem(NOT_ORDERED, fact=fact.id)
        elif fact.kind is FactKind.DATE:
            if not _is_date(bound):
                yield spot.at(name).problem(NOT_A_DATE, fact=fact.id)
        elif fact.kind is FactKind.NUMBER and not isinstance(bound, int):
            yield spot.at(name).problem(NOT_A_NUMBER, fact=fact.id)
        elif fact.kind is FactKind.SCALE and bound not in values:
            yield spot.at(name).problem(NO_VALUE, fact=fact.id, value=str(bound), allowed=", ".join(values))
        else:
            ranks.append(bound if isinstance(bound, int) else values.index(bound))
    if len(ranks) == 2 and ranks[0] > ranks[1]:
        yield spot.problem(NEVER_BETWEEN)


def _is_date(bound: str | int) -> bool:
    try:
        return bool(date.fromisoformat(str(bound)))
    except ValueError:
        return False


def _allowed(book: Book, fact: Fact) -> list[str]:
    if fact.kind is FactKind.YES_NO:
        return ["yes", "no", UNKNOWN]
    if fact.id == "category":  # the reporter recognises what happened in the pack's own definitions
        return [*sorted(book.definitions), UNKNOWN]
    return [*(value.id for value in fact.values), UNKNOWN]


def _contradictions(book: Book, spot: Spot, condition: Condition) -> Iterator[Problem]:
    """Only what is plain from the lists of values; a pack is no theorem to prove."""
    needed: dict[str, set[str]] = {}
    for test in condition.all:
        if not test.is_:
            continue
        several = book.facts.get(test.fact) is None or book.facts[test.fact].kind is FactKind.CHOICES
        before = needed.get(test.fact)
        if before and not before & set(test.is_) and not several:
            values = ", ".join([*sorted(before), *test.is_])
            yield spot.at("all").problem(TWO_AT_ONCE, fact=test.fact, values=values)
        needed[test.fact] = set(test.is_)
    for index, test in enumerate(condition.none):
        if test.is_ and needed.get(test.fact) and needed[test.fact] <= set(test.is_):
            values = ", ".join(sorted(needed[test.fact]))
            yield spot.at("none", index).problem(CONTRADICTION, fact=test.fact, values=values)
