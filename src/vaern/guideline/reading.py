"""Reading the files of a pack's folder: bytes to text to tables, with nothing believed on the way.

A pack may come from a stranger by mail, so each file is bounded, must be plain UTF-8 text, and must really lie
in the folder. Files of other kinds are refused, not skipped: a clause in a forgotten `duties.toml.txt` would
otherwise be missing without a word.
"""

from __future__ import annotations

import re
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vaern.core.text import gettext_noop
from vaern.guideline.problem import Problem

MAX_FILE_BYTES = 1024 * 1024
MAX_FILES = 500
FENCE = "+++"
COMPANIONS = frozenset({"README.md", "LICENSE", "LICENSE.md"})
"""Files about the pack for a human reader; never read."""
FOLDERS_OF_TEXT = {"letters": "letters", "texts": "passages"}
REHEARSALS = "rehearsals"
"""Facts files for `vaern guideline plan`, kept beside the pack they rehearse; not part of it."""

NO_FOLDER = gettext_noop("Mappen findes ikke.")
TOO_MANY = gettext_noop("Der er flere end %(most)s filer i mappen.")
STRANGE_FILE = gettext_noop(
    "Filen hører ikke til i en pakke. En pakke består af .toml-filer og af .md-filer i mapperne letters og texts."
)
OUTSIDE = gettext_noop("Filen er en genvej til noget uden for pakkens mappe. Læg selve filen i mappen.")
NO_REGULAR = gettext_noop("Det er ikke en almindelig fil.")
UNREADABLE = gettext_noop("Filen kan ikke læses. Se efter, om du har adgang til den.")
UNREADABLE_FOLDER = gettext_noop("Mappen kan ikke læses. Se efter, om du har adgang til den.")
TOO_LARGE = gettext_noop("Filen er for stor. En fil må højst fylde %(most)s kB.")
NOT_UTF8 = gettext_noop("Filen er ikke gemt som UTF-8. Gem den igen med tegnsættet UTF-8.")
CONTROL = gettext_noop("Teksten har et usynligt styretegn. Slet det.")
NO_FENCE = gettext_noop("Filen skal begynde med en linje med +++, så oplysningerne, og så en linje med +++ igen.")
TOO_DEEP = gettext_noop("Filen er bygget for dybt til at blive læst.")

_SYNTAX: tuple[tuple[str, str], ...] = (
    (
        "Cannot overwrite a value",
        gettext_noop("Navnet er allerede brugt i samme tabel."),
    ),
    (
        "Cannot declare",
        gettext_noop("Tabellen er allerede begyndt et andet sted i filen."),
    ),
    (
        "Cannot mutate",
        gettext_noop("Tabellen eller listen er allerede afsluttet og kan ikke få mere til."),
    ),
    (
        "Cannot redefine",
        gettext_noop("Tabellen er allerede begyndt et andet sted i filen."),
    ),
    (
        "Unterminated string",
        gettext_noop("En tekst mangler sit afsluttende anførselstegn."),
    ),
    ("Expected '\"'", gettext_noop("En tekst mangler sit afsluttende anførselstegn.")),
    (
        "Illegal character",
        gettext_noop("Her står et tegn, der ikke må stå i en tekst på én linje."),
    ),
    (
        "Unescaped '\\'",
        gettext_noop("Skråstregen \\ skal skrives to gange, eller teksten skal stå i enkelte anførselstegn."),
    ),
    ("Expected '='", gettext_noop("Her mangler et lighedstegn efter navnet.")),
    (
        "Unclosed array",
        gettext_noop("En liste mangler sin afsluttende firkantede parentes."),
    ),
    (
        "Unclosed inline table",
        gettext_noop("En tabel mangler sin afsluttende krøllede parentes."),
    ),
    (
        "Duplicate inline table key",
        gettext_noop("Det samme navn står to gange i tabellen."),
    ),
    (
        "Expected newline",
        gettext_noop("Her står noget efter værdien, som ikke hører til på linjen."),
    ),
    (
        "Invalid initial character",
        gettext_noop("Navnet begynder med et tegn, det ikke må begynde med."),
    ),
    (
        "Invalid value",
        gettext_noop("Værdien kan ikke læses. Tekster skal stå i anførselstegn."),
    ),
    ("Invalid date", gettext_noop("Datoen findes ikke.")),
    ("Invalid statement", gettext_noop("Linjen kan ikke læses.")),
)
NO_TOML = gettext_noop("Filen kan ikke læses som TOML.")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Source:
    """One read file: `name` relative to the folder, `tables` its TOML, `body` the Markdown below the front matter."""

    name: str
    tables: dict[str, Any]
    body: str = ""


def read_sources(folder: Path) -> tuple[list[Source], list[Problem]]:
    """Every file of the pack in a fixed order (TOML by name, then the text folders), and what is wrong with any."""
    if not folder.is_dir():
        return [], [Problem("", str(folder), NO_FOLDER)]
    try:
        names, problems = _names(folder)
    except OSError:
        return [], [Problem("", str(folder), UNREADABLE_FOLDER)]
    sources = []
    for name in names:
        found = _read(folder, name)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            sources.append(found)
    return sources, problems


def _names(folder: Path) -> tuple[list[str], list[Problem]]:
    top: list[str] = []
    texts: list[str] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.startswith(".") or path.name in COMPANIONS or path.name == REHEARSALS:
            continue
        if path.name in FOLDERS_OF_TEXT and path.is_dir():
            texts += [f"{path.name}/{child.name}" for child in sorted(path.iterdir()) if child.name[:1] != "."]
        else:
            top.append(path.name)
    names = top + texts
    if len(names) > MAX_FILES:
        return [], [Problem("", str(folder), TOO_MANY, {"most": str(MAX_FILES)})]
    for name in list(names):
        if not name.endswith(".md" if "/" in name else ".toml"):
            names.remove(name)
            problems.append(Problem(name, "", STRANGE_FILE))
    return names, problems


def _read(folder: Path, name: str) -> Source | Problem:
    text = _text(folder, name)
    if isinstance(text, Problem):
        return text
    if "/" not in name:
        tables = _tables(name, text)
        return tables if isinstance(tables, Problem) else Source(name, tables)
    return _front_matter(name, text)


def _text(folder: Path, name: str) -> str | Problem:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return Problem(name, "", OUTSIDE)
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would make the reader wait for ever
            return Problem(name, "", NO_REGULAR)
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError:
        return Problem(name, "", UNREADABLE)
    if len(data) > MAX_FILE_BYTES:
        return Problem(name, "", TOO_LARGE, {"most": str(MAX_FILE_BYTES // 1024)})
    try:
        # Notepad on Windows puts a byte-order mark and CRLF in; neither is the author's fault.
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        return Problem(name, f"linje {line}", NOT_UTF8)


def _tables(name: str, text: str, lines_before: int = 0) -> dict[str, Any] | Problem:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        reason = next((said for start, said in _SYNTAX if start in str(wrong)), NO_TOML)
        return Problem(name, _line(str(wrong), text, lines_before), reason)
    except RecursionError:
        return Problem(name, "", TOO_DEEP)
    except ValueError:  # a number of thousands of digits, a date that does not exist
        return Problem(name, "", NO_TOML)


def _line(message: str, text: str, lines_before: int) -> str:
    if at := _AT.search(message):
        return f"linje {int(at[1]) + lines_before}, kolonne {at[2]}"
    return f"linje {text.count(chr(10)) + 1 + lines_before}"


def _front_matter(name: str, text: str) -> Source | Problem:
    parts = re.split(rf"^{re.escape(FENCE)}[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        return Problem(name, "linje 1", NO_FENCE)
    if control := re.search(r"[\x00-\x08\x0b-\x1f\x7f]", parts[2]):
        line = text.count("\n", 0, len(text) - len(parts[2]) + control.start()) + 1
        return Problem(name, f"linje {line}", CONTROL)
    tables = _tables(name, parts[1].removeprefix("\n"), lines_before=parts[0].count("\n") + 1)
    return tables if isinstance(tables, Problem) else Source(name, tables, parts[2].strip())
