from __future__ import annotations

from typing import Any

import django.db.models.deletion
import django.db.models as m
from django.db import migrations


def all_are_handed_in(apps: Any, _editor: Any) -> None:
    """Let files of before be what they are: the working group's own."""
    batch = apps.get_model("batches", "Batch")
    batch.objects.update(handed_in_at=m.F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("batches", "0001_initial"), ("regions", "0002_boundaries")]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="area",
            field=m.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.region",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="handed_in_at",
            field=m.DateTimeField(null=True, verbose_name="handed in at"),
        ),
        migrations.AddField(
            model_name="batch",
            name="reply",
            field=m.TextField(blank=True, verbose_name="why it was sent back"),
        ),
        migrations.RunPython(all_are_handed_in, migrations.RunPython.noop),
    ]
