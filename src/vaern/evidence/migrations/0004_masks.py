from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_derived")]

    operations = [
        migrations.AddField("item", "set_aside_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "item", "set_aside_reason", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.RemoveConstraint("item", "same_file_once_on_a_case"),
        migrations.AddConstraint(
            "item",
            models.UniqueConstraint(
                fields=["case_id", "sha256"],
                condition=Q(case_id__isnull=False, set_aside_at__isnull=True),
                name="same_file_once_on_a_case",
            ),
        ),
        migrations.AddConstraint(
            "item",
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True) | Q(made_by="mask"), name="only_a_mask_is_set_aside"
            ),
        ),
    ]
