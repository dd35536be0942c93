"""What was stored before there were keys lies in clear, under the digest of its content, and stays so: it opens and is
checked like the rest. Nothing seals it afterwards, since no version was released that stored in clear."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F


def name_objects(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("evidence", "Item").objects.filter(object="").update(object=F("sha256"))


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_sealed")]
    operations = [migrations.RunPython(name_objects, migrations.RunPython.noop)]
