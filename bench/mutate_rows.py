"""Targets of `mutate`: what stands in the columns of the journal, of what is known about evidence, and of time stamps.

A change is made by hand, past the program and past the triggers and checks of the database, as somebody would who has
the file of it. What a column cannot hold, or what another row forbids (two entries with one number), is refused by the
database itself; then another change is tried.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from tests.journal_kit import unlocked
from vaern.evidence import service as evidence
from vaern.journal import queries as journal
from vaern.stamps import service as stamps

ENTRY = ("chain", "seq", "at", "act", "actor_id", "subject", "payload_digest", "prev", "hash")
PAYLOAD = ("salt", "actor_name", "data")
PROVENANCE = ("version", "said", "found", "by_id", "at")
STAMP = ("authority", "digest", "response", "response_sha256", "gen_time")
_LETTERS = "0123456789abcdef_:{}"


def entries(count: int, dice: random.Random) -> list[str]:
    """One byte of one column of one entry at a time; each is undone again."""
    places = [("journal_entry", "id", ENTRY), ("journal_payload", "entry_id", PAYLOAD)]
    ids = _ids("journal_entry", "id")
    lost: list[str] = []
    for _ in range(count):
        table, key, columns = dice.choice(places)
        with _undone():
            changed = _change(table, key, dice.choice(ids), columns, dice)
            if not any(report.breaks for report in journal.verify_chains()):
                lost.append(changed)
    return lost


def provenance(count: int, dice: random.Random) -> list[str]:
    """Each round changes one byte of every row that says what is known of an item, and looks."""
    lost: list[str] = []
    items = _column("evidence_provenance", "item_id")
    for _ in range(-(-count // len(items))):
        with _undone():
            changed = {pk: _change("evidence_provenance", "id", pk, PROVENANCE, dice) for pk in items}
            found = {one.item.replace("-", "") for one in evidence.check_evidence(now=datetime.now(UTC)).findings
                     if one.code == "provenance"}  # fmt: skip
        lost += [what for pk, what in changed.items() if str(items[pk]).replace("-", "") not in found]
    return lost


def tokens(count: int, dice: random.Random) -> list[str]:
    """Each round changes one byte of every stamp, most often of the authority's own answer; then one of the kept
    certificates."""
    lost: list[str] = []
    items = {pk: f"item:{item}" for pk, item in _column("stamps_stamp", "item_id").items() if item}
    for _ in range(-(-count // (len(items) + 1))):
        with _undone():
            columns = dice.choice([("response",), ("response",), STAMP])
            changed = {pk: _change("stamps_stamp", "id", pk, columns, dice) for pk in items}
            found = {one.what.replace("-", "") for one in stamps.verify().wrong}
        lost += [what for pk, what in changed.items() if items[pk].replace("-", "") not in found]
        with _undone():
            roots = _change("stamps_roots", "sha256", dice.choice(_ids("stamps_roots", "sha256")), ("pem",), dice)
            lost += [] if stamps.verify().wrong else [roots]
    return lost


@contextmanager
def _undone() -> Iterator[None]:
    sqlite = connection.vendor == "sqlite"
    if sqlite:
        _run("PRAGMA ignore_check_constraints = ON")
    with transaction.atomic():
        with unlocked():
            yield
        transaction.set_rollback(True)
    if sqlite:
        _run("PRAGMA ignore_check_constraints = OFF")


def _change(table: str, key: str, pk: Any, columns: tuple[str, ...], dice: random.Random) -> str:
    """Changes one byte of one column that is not empty; what was changed."""
    while True:
        column = dice.choice(columns)
        read = f"SELECT {column if column == 'response' else f'CAST({column} AS text)'} FROM {table} WHERE {key} = %s"
        before = _run(read, [pk])[0][0]
        if before is None or len(before) == 0:
            continue
        after = _changed(before, dice)
        try:
            with transaction.atomic():
                _run(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [after, pk])
                if _run(read, [pk])[0][0] != before:
                    return f"{column} of {table} {pk}"
        except DatabaseError:
            continue


def _changed(before: Any, dice: random.Random) -> Any:
    if not isinstance(before, str):
        content = bytearray(before)
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        return bytes(content)
    number = before.isdigit() or re.match(r"\d{4}-\d\d-\d\d.", before)
    # Only a digit of a time: other signs between them say the same time.
    place = dice.choice([at for at, letter in enumerate(before) if letter.isdigit() or not number])
    letters = "0123456789" if number else _LETTERS
    other = dice.choice([letter for letter in letters if letter != before[place]])
    return before[:place] + other + before[place + 1 :]


def _ids(table: str, key: str) -> list[Any]:
    return [row[0] for row in _run(f"SELECT {key} FROM {table} ORDER BY {key}")]


def _column(table: str, column: str) -> Mapping[Any, Any]:
    return dict(_run(f"SELECT id, {column} FROM {table} ORDER BY id"))


def _run(sql: str, values: list[Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []
