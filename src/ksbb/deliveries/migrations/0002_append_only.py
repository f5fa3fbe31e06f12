from django.db import migrations

from ksbb.shared.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = (("deliveries", "0001_initial"),)
    operations = (AppendOnly("deliveries_receipt"), AppendOnly("deliveries_receiptline"))
