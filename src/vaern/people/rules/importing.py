"""What an import would do: rows and what is known in, a plan out. The same plan for rehearsal and deed.

Nothing is ever deleted or closed because it is missing from a file: a file is often only a part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from vaern.core.text import gettext_noop as _
from vaern.people.rules.holding import path_up
from vaern.people.rules.people_csv import PEOPLE, UNITS, PersonRow, RefusedLine, Sheets, UnitRow

Kind = Literal["create", "update", "same"]


@dataclass(frozen=True, slots=True)
class KnownUnit:
    name: str
    parent_code: str


@dataclass(frozen=True, slots=True)
class KnownUser:
    name: str
    title: str
    phone: str
    external_id: str
    unit_code: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class KnownPost:
    post_id: int
    from_date: date
    to_date: date | None


PostKey = tuple[str, str, str]
"""Email, unit code and role."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the organisation has already. `taken` are addresses that belong to others than its own users."""

    units: Mapping[str, KnownUnit] = field(default_factory=dict)
    users: Mapping[str, KnownUser] = field(default_factory=dict)
    posts: Mapping[PostKey, tuple[KnownPost, ...]] = field(default_factory=dict)
    external_ids: Mapping[str, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class UnitChange:
    line: int
    kind: Kind
    code: str
    name: str
    parent_code: str


@dataclass(frozen=True, slots=True)
class UserChange:
    line: int
    kind: Kind
    email: str
    name: str
    title: str
    phone: str
    external_id: str
    unit_code: str


@dataclass(frozen=True, slots=True)
class PostChange:
    """`post_id` names the post whose last day is set; None for a new one."""

    line: int
    kind: Kind
    email: str
    unit_code: str
    role: str
    from_date: date
    to_date: date | None
    post_id: int | None = None


Change = UnitChange | UserChange | PostChange


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens to each line, in the order in which it must be written."""

    units: tuple[UnitChange, ...] = ()
    users: tuple[UserChange, ...] = ()
    posts: tuple[PostChange, ...] = ()
    refused: tuple[RefusedLine, ...] = ()

    def of(self, kind: Kind) -> tuple[Change, ...]:
        every: tuple[Change, ...] = (*self.units, *self.users, *self.posts)
        return tuple(change for change in every if change.kind == kind)

    @property
    def created(self) -> tuple[Change, ...]:
        return self.of("create")

    @property
    def updated(self) -> tuple[Change, ...]:
        return self.of("update")

    @property
    def same(self) -> tuple[Change, ...]:
        return self.of("same")

    @property
    def changes(self) -> bool:
        return bool(self.created or self.updated)


class _No(Exception):
    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = {key: str(value) for key, value in params.items()}


def plan_import(sheets: Sheets, known: Known, today: date) -> Plan:
    refused = list(sheets.refused)
    units = _plan_units(sheets.units, known, refused)
    codes = {*known.units, *(unit.code for unit in units)}
    users, posts = _plan_people(sheets.people, known, codes, today, refused)
    refused.sort(key=lambda one: (one.file != UNITS, one.line))
    return Plan(tuple(units), tuple(users), tuple(posts), tuple(refused))


def _plan_units(rows: Iterable[UnitRow], known: Known, refused: list[RefusedLine]) -> list[UnitChange]:
    """Parents before children, whatever the order of the file."""
    parents: dict[str, str | None] = {code: unit.parent_code or None for code, unit in known.units.items()}
    waiting = _unique(rows, refused)
    changes: list[UnitChange] = []
    while ready := [row for row in waiting.values() if not row.parent_code or row.parent_code in parents]:
        for row in ready:
            del waiting[row.code]
            try:
                changes.append(_plan_unit(row, known, parents))
                parents[row.code] = row.parent_code or None
            except _No as no:
                refused.append(RefusedLine(UNITS, row.line, no.reason, no.params))
    for row in waiting.values():
        message = _("Overenheden “%(code)s” findes ikke, eller dens egen linje kunne ikke bruges.")
        refused.append(RefusedLine(UNITS, row.line, message, {"code": row.parent_code}))
    return changes


def _unique(rows: Iterable[UnitRow], refused: list[RefusedLine]) -> dict[str, UnitRow]:
    found: dict[str, UnitRow] = {}
    for row in rows:
        if row.code in found:
            params = {"code": row.code, "line": str(found[row.code].line)}
            refused.append(RefusedLine(UNITS, row.line, _("Koden “%(code)s” står allerede i linje %(line)s."), params))
        else:
            found[row.code] = row
    return found


def _plan_unit(row: UnitRow, known: Known, parents: Mapping[str, str | None]) -> UnitChange:
    root = next((code for code, parent in parents.items() if parent is None), None)
    if not row.parent_code and root not in {None, row.code}:
        raise _No(_("Der er allerede en øverste enhed: “%(code)s”. Udfyld overenhed_kode."), code=root)
    if row.parent_code and (row.code == root or row.code in path_up(parents, row.parent_code)):
        raise _No(_("En enhed kan ikke ligge under sig selv, og den øverste skal blive øverst."))
    before = known.units.get(row.code)
    same = before == KnownUnit(row.name, row.parent_code)
    kind: Kind = "create" if before is None else "same" if same else "update"
    return UnitChange(row.line, kind, row.code, row.name, row.parent_code)


def _plan_people(
    rows: Iterable[PersonRow], known: Known, codes: set[str], today: date, refused: list[RefusedLine]
) -> tuple[list[UserChange], list[PostChange]]:
    users: dict[str, UserChange] = {}
    posts: dict[PostKey, list[PostChange]] = {}
    ids = dict(known.external_ids)
    for row in rows:
        twins = posts.setdefault((row.email, row.unit_code, row.role), [])
        try:
            user = _plan_user(row, known, codes, users, ids)
            post = _plan_post(row, known, twins, today)
        except _No as no:
            refused.append(RefusedLine(PEOPLE, row.line, no.reason, no.params))
            continue
        users.setdefault(row.email, user)
        ids.setdefault(user.external_id, row.email)
        twins.append(post)
    return list(users.values()), [post for twins in posts.values() for post in twins]


def _plan_user(
    row: PersonRow, known: Known, codes: set[str], users: Mapping[str, UserChange], ids: Mapping[str, str]
) -> UserChange:
    """A person of several lines has several posts. The first line says which unit she belongs to."""
    if row.email in known.taken:
        raise _No(_("E-mailen kan ikke bruges. Måske er den i brug i forvejen."))
    if row.unit_code not in codes:
        raise _No(_("Enheden “%(code)s” findes ikke."), code=row.unit_code)
    before = known.users.get(row.email)
    if before is not None and not before.active:
        raise _No(_("Brugeren er lukket. Åbn brugeren først, hvis det er meningen."))
    if earlier := users.get(row.email):
        return _agrees(row, earlier)
    if row.external_id and ids.get(row.external_id, row.email) != row.email:
        raise _No(_("Det eksterne id “%(id)s” hører til en anden person."), id=row.external_id)
    return _user_change(row, before)


def _agrees(row: PersonRow, earlier: UserChange) -> UserChange:
    pairs = ((row.name, earlier.name), (row.title, earlier.title), (row.phone, earlier.phone))
    if any(mine is not None and mine != theirs for mine, theirs in pairs):
        raise _No(
            _("Navn, titel eller telefon er anderledes end i linje %(line)s for samme e-mail."), line=earlier.line
        )
    return earlier


def _user_change(row: PersonRow, before: KnownUser | None) -> UserChange:
    old = before or KnownUser("", "", "", "", "")
    new = KnownUser(
        row.name,
        old.title if row.title is None else row.title,
        old.phone if row.phone is None else row.phone,
        old.external_id if row.external_id is None else row.external_id,
        row.unit_code,
    )
    kind: Kind = "create" if before is None else "same" if new == before else "update"
    return UserChange(row.line, kind, row.email, new.name, new.title, new.phone, new.external_id, new.unit_code)


def _plan_post(row: PersonRow, known: Known, twins: Iterable[PostChange], today: date) -> PostChange:
    key = (row.email, row.unit_code, row.role)
    begins = row.from_date or today
    if row.to_date is not None and row.to_date < begins and row.from_date is None:
        raise _No(_("Datoen i til er forbi. Udfyld også fra."))
    if twin := next((one for one in twins if _overlap(one, begins, row.to_date)), None):
        raise _No(_("Personen har allerede den post i linje %(line)s."), line=twin.line)
    there = known.posts.get(key, ())
    match = next((post for post in there if _is_it(row, post)), None)
    if match is not None:
        kind: Kind = "same" if match.to_date == row.to_date else "update"
        return PostChange(row.line, kind, *key, match.from_date, row.to_date, match.post_id)
    if in_the_way := next((post for post in there if _overlap(post, begins, row.to_date)), None):
        raise _No(_("Personen har allerede den post fra %(day)s."), day=in_the_way.from_date.strftime("%d-%m-%Y"))
    return PostChange(row.line, "create", *key, begins, row.to_date)


def _is_it(row: PersonRow, post: KnownPost) -> bool:
    """Without a first day in the file the line means the open post, or the one that ends on the same day."""
    if row.from_date is not None:
        return post.from_date == row.from_date
    return post.to_date is None or post.to_date == row.to_date


def _overlap(post: KnownPost | PostChange, begins: date, ends: date | None) -> bool:
    return (post.to_date is None or begins <= post.to_date) and (ends is None or post.from_date <= ends)
