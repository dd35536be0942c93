"""What no program may do and a test must: touch what was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

_MIGRATIONS = [
    import_module("vaern.journal.migrations.0002_append_only"),
    import_module("vaern.evidence.migrations.0010_for_good"),
]


class _Editor:
    """The part of a schema editor that the migration needs, usable inside a test's transaction on SQLite too."""

    def __init__(self, one: Any) -> None:
        self.connection = one

    def execute(self, sql: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(sql)


@contextmanager
def unlocked(one: Any = connection) -> Iterator[None]:
    """The triggers of journal and evidence are off inside."""
    for migration in _MIGRATIONS:
        migration.take_off(None, _Editor(one))
    yield
    for migration in _MIGRATIONS:
        migration.put_on(None, _Editor(one))


@contextmanager
def wiping_history() -> Iterator[None]:
    """Emptying all tables between tests is let through inside."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def wipe(self: Any, statements: list[str]) -> None:
        with unlocked(self.connection):
            flush(self, statements)

    with patch.object(BaseDatabaseOperations, "execute_sql_flush", wipe):
        yield
