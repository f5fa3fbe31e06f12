import django.db.models.deletion
from django.db import migrations, models


# What was derived knows no kinds of places. It is made again by the next `ksbb close_days`.
_FORGET = [
    f"DELETE FROM reports_{table}" for table in ("change", "closing", "snapshot", "bookmark")
]


class Migration(migrations.Migration):

    dependencies = [
        ('collaborators', '0001_initial'),
        ('programmes', '0002_how_aid_types_read_behind_a_number'),
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(_FORGET, migrations.RunSQL.noop),
        migrations.AddField(
            model_name='change',
            name='kind',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programmes.targetkind'),
        ),
        migrations.AddField(
            model_name='closing',
            name='kind',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programmes.targetkind'),
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('committed', models.BigIntegerField()),
                ('delivered', models.BigIntegerField()),
                ('received', models.BigIntegerField()),
                ('aid_type', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programmes.aidtype')),
                ('collaborator', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='collaborators.collaborator')),
                ('phase', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programmes.phase')),
                ('programme', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programmes.programme')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('programme', 'collaborator', 'phase', 'aid_type'), name='record_once')],
            },
        ),
    ]
