"""Checking a loaded pack: everything one entry says about another must hold before a case may run on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from vaern.guideline.checks.book import Book
from vaern.guideline.checks.circles import check_circles
from vaern.guideline.checks.clauses import check_clauses
from vaern.guideline.checks.conditions import check_conditions
from vaern.guideline.checks.duties import check_duties
from vaern.guideline.checks.identity import check_identity
from vaern.guideline.checks.people import check_people
from vaern.guideline.checks.places import check_places
from vaern.guideline.checks.texts import check_texts
from vaern.guideline.checks.times import check_times
from vaern.guideline.pack import Pack
from vaern.guideline.problem import Problem


def check(
    pack: Pack,
    others: Mapping[str, Pack],
    *,
    files: Mapping[str, tuple[str, ...]] | None = None,
    today: date | None = None,
) -> tuple[Problem, ...]:
    """Every fault of `pack`, none = it may be used.

    `others` are the packs beside it by id: its parent, and for a layer the guidelines it may lie on. `files` (from
    `load_with_files`) lets a problem name its file. `today` is the Danish date that "checked on" may not lie after;
    without it those dates are not judged, so that the function stays pure.
    """
    known = {name: other for name, other in others.items() if name != pack.pack.id}
    return tuple(dict.fromkeys(_all(Book(pack, known, files), today)))


def _all(book: Book, today: date | None) -> Iterator[Problem]:
    yield from check_identity(book)
    yield from check_clauses(book)
    yield from check_people(book)
    yield from check_duties(book)
    yield from check_conditions(book)
    yield from check_times(book, today)
    yield from check_circles(book)
    yield from check_places(book, today)
    yield from check_texts(book)
