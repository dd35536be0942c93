"""What version 0.1 stored lies in clear under the digest of its content; `vaern evidence encrypt` seals it."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F


def name_objects(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("evidence", "Item").objects.filter(object="").update(object=F("sha256"))


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_sealed")]
    operations = [migrations.RunPython(name_objects, migrations.RunPython.noop)]
