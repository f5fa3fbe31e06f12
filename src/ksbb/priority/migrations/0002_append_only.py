from django.db import migrations

from ksbb.shared.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = (("priority", "0001_initial"),)
    operations = (
        AppendOnly("priority_priorityrule"),
        AppendOnly("priority_frozenlist"),
    )
