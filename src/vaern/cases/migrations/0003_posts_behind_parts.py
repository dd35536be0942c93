from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BEHIND = {
    "manager": "manager", "managers_manager": "manager", "secretariat": "secretariat",
    "head_of_authority": "head_of_authority", "hr": "hr", "amr": "amr", "tr": "tr",
}  # fmt: skip


def note_posts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Parts given before this: by the post the person held that day, if any. Where there were several, the first."""
    part, post = apps.get_model("cases", "Part"), apps.get_model("people", "Post")
    for row in part.objects.filter(until__isnull=True, role__in=BEHIND):
        held = post.objects.filter(user_id=row.user_id, role=BEHIND[row.role], from_date__lte=row.since.date())
        held = held.exclude(to_date__lt=row.since.date())
        part.objects.filter(pk=row.pk).update(
            post_unit_id=held.order_by("pk").values_list("unit_id", flat=True).first()
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_what_burns"), ("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="part",
            name="post_unit",
            field=models.ForeignKey(null=True, on_delete=models.deletion.PROTECT, related_name="+", to="people.unit"),
        ),
        migrations.RunPython(note_posts, migrations.RunPython.noop),
    ]
