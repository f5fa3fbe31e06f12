import django.db.models as m
import django.db.models.deletion
from django.db import migrations

KINDS = [
    ("NEED", "a place in need"),
    ("PLACE", "a new place"),
    ("COUNT", "a changed count"),
    ("SERVED", "served by others already"),
]
SOURCES = [
    ("GOVERNMENT", "government aid"),
    ("ORGANISATION", "another organisation"),
    ("OTHER", "others, such as neighbours"),
]


def part_of(model: str) -> m.ForeignKey:
    return m.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=f"programmes.{model}"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("needs", "0008_what_is_in_use_stands"),
        ("programmes", "0007_lists_and_rules_take_two"),
        ("suggestions", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="suggestion",
            name="kind",
            field=m.CharField(choices=KINDS, max_length=6, verbose_name="kind"),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=m.CheckConstraint(
                condition=~m.Q(kind="SERVED") | m.Q(target__isnull=False),
                name="suggestion_served_at_a_place",
            ),
        ),
        migrations.CreateModel(
            name="SuggestedAid",
            fields=[
                (
                    "id",
                    m.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", m.PositiveIntegerField(verbose_name="quantity")),
                (
                    "kind",
                    m.CharField(choices=SOURCES, max_length=12, verbose_name="kind of source"),
                ),
                ("source", m.CharField(max_length=160, verbose_name="source")),
                ("day", m.DateField(verbose_name="day")),
                ("document", m.CharField(max_length=200, verbose_name="document")),
                ("aid_type", part_of("aidtype")),
                ("phase", part_of("phase")),
                (
                    "suggestion",
                    m.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aid",
                        to="suggestions.suggestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed aid from another source",
                "verbose_name_plural": "proposed aid from other sources",
            },
        ),
    ]
