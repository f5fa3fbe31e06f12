from django.db import migrations

from ksbb.shared.append_only import AppendOnly


class Migration(migrations.Migration):
    """Guard them against REPLACE by another unique column as well, which SQLite lets through."""

    dependencies = (("deliveries", "0002_append_only"),)
    operations = (
        AppendOnly("deliveries_receipt", again=True),
        AppendOnly("deliveries_receiptline", again=True),
    )
