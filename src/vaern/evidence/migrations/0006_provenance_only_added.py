"""A trigger: the database itself refuses to change what was told or found. Erasing a whole case removes the rows.

Whoever owns the database can drop a trigger; the digest in the journal's entry is for that.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_TRIGGER = "CREATE TRIGGER evidence_provenance_no_update BEFORE UPDATE ON evidence_provenance FOR EACH ROW "
_SAID = "what is known about evidence is only added to"


def put_on(apps: StateApps | None, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE OR REPLACE FUNCTION evidence_provenance_only_added() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$"
        )
        editor.execute(_TRIGGER + "EXECUTE FUNCTION evidence_provenance_only_added()")
    else:
        editor.execute(_TRIGGER + f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END")


def take_off(apps: StateApps | None, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER evidence_provenance_no_update ON evidence_provenance")
        editor.execute("DROP FUNCTION evidence_provenance_only_added()")
    else:
        editor.execute("DROP TRIGGER evidence_provenance_no_update")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0005_provenance")]
    operations = [migrations.RunPython(put_on, take_off, elidable=False)]
