from django.db import migrations, models
from django.db.models import F


def copy_names(apps, _schema_editor):
    approvals = apps.get_model("rights", "Approval").objects
    slug_of = dict(apps.get_model("programmes", "AidType").objects.values_list("pk", "slug"))
    approvals.update(object_name_en=F("object_name"))
    for one in approvals.filter(step="FREEZE_LIST", payload__has_key="quantity"):
        one.payload = {
            "aid_type": slug_of[one.payload["aid_type"]],
            "packages": one.payload["quantity"],
            "seed": str(one.payload["seed"]),
        }
        one.save(update_fields=["payload"])


class Migration(migrations.Migration):

    dependencies = [
        ('rights', '0007_parts_of_an_object_wait_apart'),
    ]

    operations = [
        migrations.AlterField(
            model_name='approval',
            name='object_name',
            field=models.CharField(max_length=200, verbose_name='name (Indonesian)'),
        ),
        migrations.AddField(
            model_name='approval',
            name='object_name_en',
            field=models.CharField(default='', max_length=200, verbose_name='name (English)'),
            preserve_default=False,
        ),
        migrations.RunPython(copy_names, migrations.RunPython.noop),
    ]
