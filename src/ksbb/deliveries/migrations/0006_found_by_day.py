from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deliveries", "0005_settled_surplus")]

    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(state="PLANNED"),
                fields=["planned_for", "id"],
                name="delivery_to_be_brought",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(state="DONE"),
                fields=["done_at", "id"],
                name="delivery_brought",
            ),
        ),
        migrations.AddIndex(
            model_name="deliveryline",
            index=models.Index(
                condition=models.Q(quantity__gt=models.F("received")),
                fields=["delivery"],
                name="delivery_line_unequal",
            ),
        ),
    ]
