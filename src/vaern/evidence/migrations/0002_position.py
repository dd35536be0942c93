from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="position",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
