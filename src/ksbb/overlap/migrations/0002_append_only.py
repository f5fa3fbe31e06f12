from django.db import migrations

from ksbb.shared.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = (("overlap", "0001_initial"),)
    operations = (AppendOnly("overlap_served"),)
