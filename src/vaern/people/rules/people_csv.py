"""Reading the two CSV files of an import: bytes in; rows with line numbers out, and every line that cannot be read.

Each line is read on its own. A quotation mark that is never closed then spoils its own line and not the rest of the
file; the price is that a field cannot contain a line break.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from vaern.core.text import gettext_noop as _
from vaern.people.facts import Role

UNITS = "units"
PEOPLE = "people"
REQUIRED = {UNITS: ("enhed_kode", "enhed_navn", "overenhed_kode"), PEOPLE: ("navn", "email", "enhed_kode")}
OPTIONAL = {UNITS: (), PEOPLE: ("titel", "telefon", "rolle", "fra", "til", "eksternt_id")}
LONGEST = {
    "enhed_kode": 60, "enhed_navn": 200, "overenhed_kode": 60, "navn": 200, "email": 254, "titel": 120,
    "telefon": 40, "eksternt_id": 120,
}  # fmt: skip
ROLES = {
    "medarbejder": Role.EMPLOYEE,
    "leder": Role.MANAGER,
    "amr": Role.AMR,
    "tr": Role.TR,
    "sekretariat": Role.SECRETARIAT,
    "myndighedschef": Role.HEAD_OF_AUTHORITY,
    "hr": Role.HR,
    "udvalg": Role.COMMITTEE,
    "administrator": Role.ADMINISTRATOR,
}
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that is not taken in. `reason` is a Danish sentence with %(name)s places for `params`; the header is
    line 1."""

    file: str
    line: int
    reason: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitRow:
    line: int
    code: str
    name: str
    parent_code: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`title`, `phone` and `external_id` are None when the file has no such column: then they stay as they are."""

    line: int
    name: str
    email: str
    unit_code: str
    role: str
    from_date: date | None
    to_date: date | None
    title: str | None = None
    phone: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Sheets:
    """Both files as far as they can be read."""

    units: tuple[UnitRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    refused: tuple[RefusedLine, ...] = ()


class _Bad(Exception):
    """This line, or the whole file when it is the header, cannot be read."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = {key: str(value) for key, value in params.items()}


def read_sheets(units: bytes | None, people: bytes | None) -> Sheets:
    refused: list[RefusedLine] = []
    unit_rows = [_unit(line, cells) for line, cells in _lines(UNITS, units, refused)]
    person_rows: list[PersonRow] = []
    for line, cells in _lines(PEOPLE, people, refused):
        try:
            person_rows.append(_person(line, cells))
        except _Bad as bad:
            refused.append(RefusedLine(PEOPLE, line, bad.reason, bad.params))
    return Sheets(tuple(unit_rows), tuple(person_rows), tuple(refused))


def _lines(file: str, content: bytes | None, refused: list[RefusedLine]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells by column. What cannot be read lands in `refused`; blank lines are passed over."""
    if content is None:
        return
    try:
        text = _text(content)
        header, mark = _header(file, text[0] if text else "")
    except _Bad as bad:
        refused.append(RefusedLine(file, 1, bad.reason, bad.params))
        return
    for number, line in enumerate(text[1:], start=2):
        if not line.strip(f"{mark} \t"):
            continue
        try:
            yield number, _cells(line, header, mark, REQUIRED[file])
        except _Bad as bad:
            refused.append(RefusedLine(file, number, bad.reason, bad.params))


def _text(content: bytes) -> list[str]:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except UnicodeDecodeError:
        raise _Bad(_("Filen er ikke UTF-8. Gem den som “CSV UTF-8” og prøv igen.")) from None


def _header(file: str, line: str) -> tuple[list[str], str]:
    """The column names, and the mark between them. A column nobody knows is refused: it may be a slip of the pen."""
    mark = ";" if ";" in line else ","
    names = [name.strip().lower() for name in _split(line, mark)]
    missing = [name for name in REQUIRED[file] if name not in names]
    unknown = [name for name in names if name not in (*REQUIRED[file], *OPTIONAL[file])]
    if missing:
        raise _Bad(_("Kolonnen %(columns)s mangler i første linje."), columns=", ".join(missing))
    if unknown or len(set(names)) < len(names):
        odd = unknown or sorted({name for name in names if names.count(name) > 1})
        raise _Bad(_("Kolonnen %(columns)s er ukendt eller står to gange."), columns=", ".join(odd) or "“”")
    return names, mark


def _split(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark, strict=True), [])
    except csv.Error:
        raise _Bad(_("Linjen kan ikke læses. Se efter et anførselstegn, der ikke er lukket.")) from None


def _cells(line: str, header: list[str], mark: str, required: tuple[str, ...]) -> dict[str, str]:
    values = [value.strip() for value in _split(line, mark)]
    if len(values) != len(header):
        message = _("Linjen har %(found)s felter. Der skal være %(wanted)s.")
        raise _Bad(message, found=len(values), wanted=len(header))
    cells = dict(zip(header, values, strict=True))
    for name, value in cells.items():
        if _CONTROL.search(value):
            raise _Bad(_("Feltet %(column)s har usynlige tegn."), column=name)
        if len(value) > LONGEST.get(name, 40):
            raise _Bad(
                _("Feltet %(column)s er for langt. Højst %(most)s tegn."), column=name, most=LONGEST.get(name, 40)
            )
        if not value and name in required and name != "overenhed_kode":
            raise _Bad(_("Feltet %(column)s er tomt."), column=name)
    return cells


def _unit(line: int, cells: Mapping[str, str]) -> UnitRow:
    return UnitRow(line, cells["enhed_kode"], cells["enhed_navn"], cells["overenhed_kode"])


def _person(line: int, cells: Mapping[str, str]) -> PersonRow:
    email = cells["email"].lower()
    if not _EMAIL.fullmatch(email):
        raise _Bad(_("“%(email)s” er ikke en e-mail."), email=email)
    word = cells.get("rolle", "").lower() or "medarbejder"
    if word not in ROLES:
        raise _Bad(_("Rollen “%(role)s” findes ikke. Brug en af: %(roles)s."), role=word, roles=", ".join(ROLES))
    begins, ends = _day(cells.get("fra", ""), "fra"), _day(cells.get("til", ""), "til")
    if begins and ends and ends < begins:
        raise _Bad(_("Datoen i til ligger før datoen i fra."))
    return PersonRow(
        line, cells["navn"], email, cells["enhed_kode"], ROLES[word], begins, ends,
        cells.get("titel"), cells.get("telefon"), cells.get("eksternt_id"),
    )  # fmt: skip


def _day(text: str, column: str) -> date | None:
    """31-12-2026, 31.12.2026, 31/12/2026 or 2026-12-31; None when empty."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
    back = re.fullmatch(r"(\d\d?)([-./])(\d\d?)\2(\d{4})", text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if back:
            return date(int(back[4]), int(back[3]), int(back[1]))
    except ValueError:
        pass
    raise _Bad(_("“%(text)s” i feltet %(column)s er ikke en dato. Skriv 31-12-2026."), text=text, column=column)
