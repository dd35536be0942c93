from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def note_danger(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("cases", "Case").objects.filter(facts__danger_now="yes").update(in_danger=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="case_by_due"),
        migrations.AddField(model_name="case", name="in_danger", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="guidelineversion", name="silence_days", field=models.IntegerField(null=True)),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["organisation", "state", "-in_danger", "next_due_at"], name="case_by_due"),
        ),
        migrations.RunPython(note_danger, migrations.RunPython.noop),
    ]
