from django.db import migrations

from ksbb.shared.append_only import AppendOnly


class Migration(migrations.Migration):
    """Guard it against REPLACE by another unique column as well, which SQLite lets through."""

    dependencies = (("audit", "0002_append_only"),)
    operations = (AppendOnly("audit_entry", again=True),)
