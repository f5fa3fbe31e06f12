from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_append_only'),
        ('needs', '0004_target_by_point'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='needadjustment',
            name='need_adjustment_at',
        ),
        migrations.AddIndex(
            model_name='needadjustment',
            index=models.Index(fields=['at', 'id'], name='need_adjustment_in_order'),
        ),
    ]
