from __future__ import annotations

from typing import Any

import django.db.models as m
from django.db import migrations

import ksbb.shared.clock


def from_now_on(apps: Any, _editor: Any) -> None:
    """Let what stands already wait from today: when it came was not recorded."""
    target = apps.get_model("needs", "Target")
    target.objects.filter(entered_at=None).update(entered_at=ksbb.shared.clock.now())


class Migration(migrations.Migration):
    dependencies = [("needs", "0006_area_totals")]

    operations = [
        # In two steps: with a default SQLite would make the table anew, and lose its triggers.
        migrations.AddField(
            model_name="target",
            name="entered_at",
            field=m.DateTimeField(editable=False, null=True, verbose_name="entered at"),
        ),
        migrations.RunPython(from_now_on, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="target",
                    name="entered_at",
                    field=m.DateTimeField(
                        default=ksbb.shared.clock.now,
                        editable=False,
                        null=True,
                        verbose_name="entered at",
                    ),
                ),
            ]
        ),
        migrations.AddIndex(
            model_name="target",
            index=m.Index(
                condition=m.Q(verification="PENDING"),
                fields=["entered_at", "id"],
                name="target_waiting",
            ),
        ),
    ]
