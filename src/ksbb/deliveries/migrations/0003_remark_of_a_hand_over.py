from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("deliveries", "0002_append_only"),)
    operations = (
        migrations.AddField(
            "delivery", "remark", models.TextField("remark", blank=True, default="")
        ),
    )
