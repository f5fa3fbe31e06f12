from typing import Final

import django.db.models.deletion
from django.db import migrations, models

from ksbb.shared.append_only import AppendOnly
from ksbb.shared.vendor_sql import VendorSQL

_GIFT: Final = "funds_bankanswer: another answer about this gift stands"
_WHOLE: Final = "funds_bankanswer: the parts are more than the row"
_STANDS: Final = "NOT EXISTS (SELECT 1 FROM funds_banktakeback t WHERE t.answer_id = b.id)"
_SAME_GIFT: Final = f"""
    EXISTS (SELECT 1 FROM funds_bankanswer b WHERE b.gift_id = NEW.gift_id AND {_STANDS})
"""
_TOO_MUCH: Final = f"""
    NEW.sen + (
        SELECT coalesce(sum(b.sen), 0) FROM funds_bankanswer b
        WHERE b.row_id = NEW.row_id AND {_STANDS}
    ) > (SELECT r.sen FROM funds_bankrow r WHERE r.id = NEW.row_id)
"""

CHECK_ANSWERS: Final = VendorSQL(
    sqlite=f"""
        CREATE TRIGGER funds_check_bank_answer BEFORE INSERT ON funds_bankanswer
        BEGIN
            SELECT RAISE(ABORT, '{_GIFT}') WHERE {_SAME_GIFT};
            SELECT RAISE(ABORT, '{_WHOLE}') WHERE {_TOO_MUCH};
        END
    """,
    # The row and then the gift are locked, as actions do before; so of two writers one comes first.
    postgresql=(
        f"""
        CREATE FUNCTION funds_check_bank_answer() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM funds_bankrow WHERE id = NEW.row_id FOR NO KEY UPDATE;
            PERFORM 1 FROM funds_gift WHERE id = NEW.gift_id FOR NO KEY UPDATE;
            IF {_SAME_GIFT} THEN
                RAISE EXCEPTION '{_GIFT}' USING ERRCODE = 'check_violation';
            END IF;
            IF {_TOO_MUCH} THEN
                RAISE EXCEPTION '{_WHOLE}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
        """
        CREATE TRIGGER funds_check_bank_answer BEFORE INSERT ON funds_bankanswer
        FOR EACH ROW EXECUTE FUNCTION funds_check_bank_answer()
        """,
    ),
    reverse_sqlite="DROP TRIGGER funds_check_bank_answer",
    reverse_postgresql=(
        "DROP TRIGGER funds_check_bank_answer ON funds_bankanswer",
        "DROP FUNCTION funds_check_bank_answer",
    ),
)

# What was said so far was of the whole row; it confirmed the gift where both happened in one step.
_KNOWN: Final = """
    UPDATE funds_bankanswer SET
        sen = (SELECT r.sen FROM funds_bankrow r WHERE r.id = funds_bankanswer.row_id),
        confirms = EXISTS (
            SELECT 1 FROM audit_entry m JOIN audit_entry e ON e.at = m.at AND e.id < m.id
            WHERE m.id = funds_bankanswer.entry_id AND e.action = 'funds.confirm'
                AND e.object_type = 'funds.gift'
                AND e.object_id = CAST(funds_bankanswer.gift_id AS varchar)
        )
"""
FILL_IN: Final = VendorSQL(
    # SQLite has lost the table's guard by now; PostgreSQL's rests for this one statement.
    sqlite=_KNOWN,
    postgresql=(
        "ALTER TABLE funds_bankanswer DISABLE TRIGGER USER",
        _KNOWN,
        "ALTER TABLE funds_bankanswer ENABLE TRIGGER USER",
    ),
    reverse_sqlite=(),
    reverse_postgresql=(),
)


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0005_seals_only_grow'),
        ('funds', '0006_post_at_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='bankanswer',
            name='confirms',
            field=models.BooleanField(default=False, verbose_name='confirmed the gift'),
        ),
        migrations.AddField(
            model_name='bankanswer',
            name='sen',
            field=models.PositiveBigIntegerField(default=1, verbose_name='part of the row in sen'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='bankanswer',
            name='gift',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_answers', to='funds.gift'),
        ),
        migrations.AlterField(
            model_name='bankanswer',
            name='row',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='funds.bankrow'),
        ),
        migrations.AddConstraint(
            model_name='bankanswer',
            constraint=models.CheckConstraint(condition=models.Q(('sen__gte', 1)), name='bank_answer_of_something'),
        ),
        migrations.CreateModel(
            name='BankTakeBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='reason')),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='funds.bankanswer')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.entry')),
            ],
            options={
                'verbose_name': 'answer taken back',
                'verbose_name_plural': 'answers taken back',
                'ordering': ('id',),
            },
        ),
        migrations.AddConstraint(
            model_name='banktakeback',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='bank_take_back_says_why'),
        ),
        FILL_IN,
        CHECK_ANSWERS,
        AppendOnly("funds_bankanswer", again=True),
        AppendOnly("funds_banktakeback"),
    ]
