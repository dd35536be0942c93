"""Triggers: the database itself refuses to exchange what an item stands for, to drop an item that is on a case, and to
erase the key of a case that somebody holds on to.

Whoever owns the database can drop a trigger; that is what `vaern evidence check` is for.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_EXCHANGED = (
    "OLD.sha256 <> NEW.sha256 OR OLD.object <> NEW.object OR OLD.size <> NEW.size "
    "OR OLD.organisation_id <> NEW.organisation_id OR COALESCE(OLD.key_id <> NEW.key_id, OLD.key_id IS NOT NULL)"
)
_HELD = (
    "NEW.erased_at IS NOT NULL AND EXISTS "
    "(SELECT 1 FROM evidence_hold WHERE evidence_hold.case_id = NEW.case_id AND evidence_hold.lifted_at IS NULL)"
)
# name, table, act, when, what is said
TRIGGERS = (
    ("evidence_item_no_exchange", "evidence_item", "UPDATE", _EXCHANGED, "evidence is never exchanged"),
    ("evidence_item_no_delete", "evidence_item", "DELETE", "OLD.case_id IS NOT NULL", "evidence is never dropped"),
    ("evidence_key_held", "evidence_key", "UPDATE", _HELD, "the evidence of this case is held"),
)


def put_on(apps: StateApps | None, editor: BaseDatabaseSchemaEditor) -> None:
    for name, table, act, when, said in TRIGGERS:
        start = f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW "
        if editor.connection.vendor == "postgresql":
            row = "OLD" if act == "DELETE" else "NEW"
            editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN IF {when} THEN RAISE EXCEPTION '{said}'; END IF; RETURN {row}; END $$"
            )
            editor.execute(f"{start}EXECUTE FUNCTION {name}()")
        else:
            editor.execute(f"{start}WHEN {when} BEGIN SELECT RAISE(ABORT, '{said}'); END")


def take_off(apps: StateApps | None, editor: BaseDatabaseSchemaEditor) -> None:
    for name, table, *_ in TRIGGERS:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {name} ON {table}")
            editor.execute(f"DROP FUNCTION {name}()")
        else:
            editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0009_holds")]
    operations = [migrations.RunPython(put_on, take_off, elidable=False)]
