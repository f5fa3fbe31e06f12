from typing import Any

from django.db import migrations, models


def name_the_kind(apps: Any, _editor: Any) -> None:
    """Requests that wait already speak of the kind of aid in their payload."""
    slug_of = dict(apps.get_model("programmes", "AidType").objects.values_list("pk", "slug"))
    waiting = apps.get_model("rights", "Approval").objects.filter(state="ASKED")
    for one in waiting.filter(step__in=["PUBLISH_PLAN", "FREEZE_LIST"]):
        kind = one.payload["aid_type"]
        one.about = slug_of.get(kind, kind)
        one.save(update_fields=["about"])


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0006_lists_and_rules_take_two"),
        ("programmes", "0007_lists_and_rules_take_two"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="approval", name="approval_open_once"),
        migrations.AddField(
            model_name="approval",
            name="about",
            field=models.CharField(blank=True, max_length=60, verbose_name="what of it"),
        ),
        migrations.RunPython(name_the_kind, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ASKED")),
                fields=("step", "object_type", "object_id", "about"),
                name="approval_open_once",
            ),
        ),
    ]
