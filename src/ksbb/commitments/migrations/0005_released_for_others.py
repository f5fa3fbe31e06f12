from django.db import migrations, models
from django.db.models import Q

_REASONS = (
    ("RESERVE", "committed"),
    ("CANCEL", "cancelled"),
    ("RELEASE", "released for others to take over"),
    ("REJECT", "rejected by the working group"),
    ("EXPIRE", "expired"),
    ("DELIVER", "handed over"),
    ("RECEIVE", "confirmed by the receiver"),
    ("CORRECT", "corrected"),
)


class Migration(migrations.Migration):
    dependencies = (("commitments", "0004_fewer_indexes"),)
    # Neither builds the table anew on SQLite, so its triggers stay.
    operations = (
        migrations.AlterField(
            "movement",
            "reason",
            models.CharField("reason", max_length=10, choices=_REASONS),
        ),
        migrations.AddIndex(
            "movement",
            models.Index(fields=("id",), condition=Q(reason="RELEASE"), name="movement_released"),
        ),
    )
