from django.db import migrations

from ksbb.shared.append_only import AppendOnly


class Migration(migrations.Migration):
    """Guard the chain itself, as the rows it holds are guarded."""

    dependencies = (("audit", "0004_seals"),)
    operations = (AppendOnly("audit_seal"), AppendOnly("audit_digest"))
