from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Box",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("failures", models.PositiveIntegerField(default=0)),
                ("failing_since", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=20)),
                ("next_try", models.DateTimeField(null=True)),
                ("last_success", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("outcome", models.CharField(max_length=10)),
                ("at", models.DateTimeField(db_index=True)),
                ("user_id", models.BigIntegerField(db_index=True, null=True)),
                ("draft_id", models.UUIDField(null=True)),
                ("case_id", models.UUIDField(null=True)),
            ],
        ),
    ]
