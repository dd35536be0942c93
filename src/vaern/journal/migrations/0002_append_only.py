"""Triggers: the database itself refuses to change or delete what was recorded.

A payload may be deleted (erasure, which leaves an entry of its own), never changed. Whoever owns the database can
drop a trigger; that is what `vaern journal verify` is for.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FORBIDDEN = (
    ("journal_entry", "UPDATE"),
    ("journal_entry", "DELETE"),
    ("journal_payload", "UPDATE"),
)


def put_on(apps: StateApps | None, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
        )
    for table, act in FORBIDDEN:
        editor.execute(_trigger(editor.connection.vendor, table, act))
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()"
        )


def take_off(apps: StateApps | None, editor: BaseDatabaseSchemaEditor) -> None:
    on_table = editor.connection.vendor == "postgresql"
    for table, act in FORBIDDEN:
        editor.execute(f"DROP TRIGGER {table}_no_{act.lower()}" + (f" ON {table}" if on_table else ""))
    if on_table:
        editor.execute("DROP TRIGGER journal_entry_no_truncate ON journal_entry")
        editor.execute("DROP FUNCTION journal_append_only()")


def _trigger(vendor: str, table: str, act: str) -> str:
    start = f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} FOR EACH ROW "
    if vendor == "postgresql":
        return start + "EXECUTE FUNCTION journal_append_only()"
    return start + "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(put_on, take_off, elidable=False)]
