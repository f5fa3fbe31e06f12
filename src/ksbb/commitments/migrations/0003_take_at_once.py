from django.db import migrations

from ksbb.shared.vendor_sql import VendorSQL

# The same steps as `actions.reserve.take`, which remains the measure: whatever is out of the
# ordinary (the key was used, a need is unknown, closed or short) answers with no row and has
# written nothing, and the caller goes the long way, which knows the words for it.
TAKE_AT_ONCE = VendorSQL(
    sqlite=(),
    postgresql="""
        CREATE FUNCTION commitments_take_at_once(
            request_key text,
            request_fingerprint text,
            by_actor bigint,
            through_channel text,
            at_moment timestamptz,
            today date,
            for_programme bigint,
            from_collaborator bigint,
            public_code text,
            wanted_needs bigint[],
            wanted_quantities numeric[],
            held_until timestamptz,
            plan_day date,
            plan_window text,
            plan_remark text
        ) RETURNS SETOF commitments_commitment LANGUAGE plpgsql
        -- The best plan is the same for any three needs; to find it anew cost a fifth of the call.
        SET plan_cache_mode = force_generic_plan AS $$
        DECLARE
            fitting integer;
            some_example boolean;
            made commitments_commitment;
            audit_row bigint;
        BEGIN
            -- A second sender of the same key waits here until the first has committed.
            IF request_key IS NOT NULL THEN
                PERFORM pg_advisory_xact_lock(hashtextextended(request_key, 0));
                IF EXISTS (SELECT FROM audit_entry WHERE idempotency_key = request_key) THEN
                    RETURN;
                END IF;
            END IF;

            IF EXISTS (
                SELECT FROM collaborators_collaborator
                WHERE id = from_collaborator AND verification = 'REFUSED'
            ) THEN
                RETURN;
            END IF;

            -- All are locked before any is judged: the long way, which may follow in this
            -- transaction, must find nothing left to lock out of order.
            SELECT count(*), bool_or(held.is_example) INTO fitting, some_example
            FROM (
                SELECT n.id, n.open, t.is_example,
                    t.verification = 'VERIFIED' AND p.ends_on >= today
                        AND g.id = for_programme AND g.state = 'OPEN' AS takes
                FROM needs_need n
                JOIN needs_target t ON t.id = n.target_id
                JOIN programmes_phase p ON p.id = n.phase_id
                JOIN programmes_programme g ON g.id = p.programme_id
                WHERE n.id = ANY (wanted_needs)
                ORDER BY n.id
                FOR NO KEY UPDATE OF n
            ) held
            JOIN unnest(wanted_needs, wanted_quantities) w(need_id, quantity)
                ON w.need_id = held.id
            WHERE held.takes AND w.quantity <= held.open;

            IF fitting <> cardinality(wanted_needs) THEN
                RETURN;
            END IF;

            INSERT INTO commitments_commitment (
                code, programme_id, collaborator_id, state, created_at, submitted_at, due_at,
                planned_for, delivery_window, remark, is_example
            ) VALUES (
                public_code, for_programme, from_collaborator,
                CASE WHEN plan_day IS NULL THEN 'DRAFT' ELSE 'SUBMITTED' END, at_moment,
                CASE WHEN plan_day IS NOT NULL THEN at_moment END, held_until,
                plan_day, plan_window, plan_remark, some_example
            ) RETURNING * INTO made;
            INSERT INTO audit_entry (
                at, actor_id, channel, action, object_type, object_id, reason, changes,
                idempotency_key, fingerprint
            ) VALUES (
                at_moment, by_actor, through_channel, 'commitments.reserve',
                'commitments.commitment', made.id, '', '{}', request_key, request_fingerprint
            ) RETURNING id INTO audit_row;
            WITH line AS (
                INSERT INTO commitments_commitmentline (commitment_id, need_id, quantity)
                SELECT made.id, w.need_id, w.quantity
                FROM unnest(wanted_needs, wanted_quantities) w(need_id, quantity)
                RETURNING id, quantity
            )
            INSERT INTO commitments_movement (line_id, stage, delta, reason, at, entry_id)
            SELECT id, 'COMMITTED', quantity, 'RESERVE', at_moment, audit_row FROM line;
            IF plan_day IS NOT NULL THEN
                INSERT INTO audit_entry (
                    at, actor_id, channel, action, object_type, object_id, reason, changes,
                    fingerprint
                ) VALUES (
                    at_moment, by_actor, through_channel, 'commitments.submit',
                    'commitments.commitment', made.id, '',
                    '{"state": ["DRAFT", "SUBMITTED"], "statement_accepted": [false, true]}', ''
                );
            END IF;
            RETURN NEXT made;
        END $$
    """,
    reverse_sqlite=(),
    reverse_postgresql="DROP FUNCTION commitments_take_at_once",
)


class Migration(migrations.Migration):
    dependencies = (
        ("commitments", "0002_count_movements"),
        ("audit", "0001_initial"),
        ("collaborators", "0001_initial"),
        ("needs", "0001_initial"),
        ("programmes", "0001_initial"),
    )
    operations = (TAKE_AT_ONCE,)
