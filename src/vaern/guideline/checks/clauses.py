"""The numbered source: every reference to a clause exists, and every clause is carried or explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vaern.core.text import gettext_noop
from vaern.guideline.checks.book import Book, Spot
from vaern.guideline.checks.texts import KINDS
from vaern.guideline.checks.walk import steps
from vaern.guideline.coverage import SYSTEM_RULES, coverage
from vaern.guideline.load import ENTRY
from vaern.guideline.overlay import lay_words
from vaern.guideline.pack import Pack
from vaern.guideline.problem import Problem
from vaern.guideline.texts import texts_of

NO_CLAUSE = gettext_noop("Punktet '%(clause)s' findes ikke i clauses.")
CLAUSE_TWICE = gettext_noop("Punktet '%(clause)s' står to gange i listen.")
UNACCOUNTED = gettext_noop("Ingen pligt, tekst eller andet bærer punktet, og der står ikke hvorfor (none).")
NONE_BUT_CARRIED = gettext_noop("Her står, at intet bærer punktet (none), men %(carriers)s gør.")
NO_SUCH_RULE = gettext_noop("Værn har ingen regel, der hedder '%(rule)s'. Vælg mellem: %(allowed)s.")
LEFT_BEHIND = gettext_noop(
    "Et ord er ændret i '%(of)s', men oversættelsen (%(language)s) siger stadig det gamle. "
    "Skriv hele oversættelsen her i pakken: %(fields)s."
)
SAME_WORD = gettext_noop("Den nye tekst er den samme som den gamle.")


def check_clauses(book: Book) -> Iterator[Problem]:
    for kind in ENTRY:
        for spot, entry in book.spots(kind, getattr(book.pack, kind)):
            yield from _references(book, spot, entry)
    yield from _accounts(book)
    yield from _overlays(book)


def _references(book: Book, spot: Spot, value: object) -> Iterator[Problem]:
    """Any list called `clauses` or `against`, however deep."""
    for step, inner in steps(value):
        if step in ("clauses", "against") and isinstance(inner, tuple):
            yield from _list(book, spot.at(step), inner)
        else:
            yield from _references(book, spot.at(step), inner)


def _list(book: Book, spot: Spot, clauses: tuple[str, ...]) -> Iterator[Problem]:
    for clause in dict.fromkeys(clauses):
        if clause not in book.clauses:
            yield spot.problem(NO_CLAUSE, clause=clause)
        elif clauses.count(clause) > 1:
            yield spot.problem(CLAUSE_TWICE, clause=clause)


def _accounts(book: Book) -> Iterator[Problem]:
    rows = coverage(book.pack)
    for (spot, clause), row in zip(book.spots("clauses", book.pack.clauses), rows, strict=True):
        if clause.rule and clause.rule not in SYSTEM_RULES:
            yield spot.at("rule").problem(NO_SUCH_RULE, rule=clause.rule, allowed=", ".join(SYSTEM_RULES))
        if not row.accounted:
            yield spot.problem(UNACCOUNTED)
        elif row.carried_by and row.reason:
            yield spot.at("none").problem(NONE_BUT_CARRIED, carriers=", ".join(row.carried_by))


def _overlays(book: Book) -> Iterator[Problem]:
    """Laid for trial with the very function that lays them, so that "whole words only" is decided in one place."""
    spots = {spot.place: spot for spot, _ in book.spots("overlays", book.pack.overlays)}
    for spot, overlay in book.spots("overlays", book.pack.overlays):
        if overlay.replace == overlay.with_:
            yield spot.at("with").problem(SAME_WORD)
    if len(book.family) > 1:
        parent = book.family[-1]
        for between in reversed(book.family[1:-1]):
            parent, _ = lay_words(parent, between)
        for problem in lay_words(parent, book.pack)[1]:
            yield replace(problem, file=spots[problem.place].file)
        for spot, overlay in book.spots("overlays", book.pack.overlays):
            after, _ = lay_words(parent, book.pack.model_copy(update={"overlays": (overlay,)}))
            yield from _translations_left_behind(book, spot, parent, after)
            parent = after


def _translations_left_behind(book: Book, spot: Spot, before: Pack, after: Pack) -> Iterator[Problem]:
    """A word was changed, and the translation still says the old one. The overlay's own translation takes the place of
    the parent's as a whole, so it must have every field that one has."""
    own = {(one.of, one.language): set(one.fields) for one in book.pack.translations}
    theirs = {(one.of, one.language): one for pack in reversed(book.family[1:]) for one in pack.translations}
    for (of, language), translation in theirs.items():
        old, new = _texts_of(before, of), _texts_of(after, of)
        changed = [field for field in translation.fields if old.get(field) != new.get(field)]
        if changed and not set(translation.fields) <= own.get((of, language), set()):
            fields = ", ".join(translation.fields)
            yield spot.problem(LEFT_BEHIND, of=of, language=language, fields=fields)


def _texts_of(pack: Pack, of: str) -> dict[str, str]:
    kind, _, name = of.partition(":")
    found = next((entry for entry in getattr(pack, KINDS.get(kind, ""), ()) if entry.id == name), None)
    return texts_of(found) if found else {}
