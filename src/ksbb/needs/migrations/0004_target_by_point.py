from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("needs", "0003_lists_in_order"),)
    operations = (
        migrations.AddIndex(
            "target", models.Index(fields=["lat", "lon"], name="target_by_point")
        ),
    )
