from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("deliveries", "0003_no_replacing"),)
    operations = (
        migrations.AddField(
            "delivery", "remark", models.TextField("remark", blank=True, default="")
        ),
    )
