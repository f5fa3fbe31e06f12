from typing import Final

from django.db import migrations

from ksbb.shared.vendor_sql import VendorSQL

_SIDE: Final = "kind text, gift bigint, lot bigint, line bigint"
_MOVE: Final = ", ".join(
    [
        "aid_type bigint",
        "amount bigint",
        *(f"{side}_{column}" for side in ("from", "to") for column in _SIDE.split(", ")),
    ]
)


def _account(move: str) -> str:
    """Return the key of one account by its whole name: by the unique index, one row at a time."""
    return f"""(
        SELECT a.id FROM funds_account a
        WHERE a.aggregator_id = of_aggregator AND a.kind = {move}kind
            AND COALESCE(a.aid_type_id, 0) = COALESCE(m.aid_type, 0)
            AND COALESCE(a.gift_id, 0) = COALESCE({move}gift, 0)
            AND COALESCE(a.lot_id, 0) = COALESCE({move}lot, 0)
            AND COALESCE(a.line_id, 0) = COALESCE({move}line, 0)
    )"""


# The same steps as `actions.post` on SQLite: the period is open, accounts that are new are opened
# empty, and one row is written a move. Answers with the end of the closed period that stands
# against it, and has written nothing then.
POST: Final = VendorSQL(
    sqlite=(),
    postgresql=f"""
        CREATE FUNCTION funds_post(
            of_aggregator bigint, for_entry bigint, at_moment timestamptz, why text, moves jsonb
        ) RETURNS timestamptz LANGUAGE plpgsql AS $$
        DECLARE
            closed timestamptz;
        BEGIN
            SELECT max(k.until) INTO closed FROM funds_close k
            WHERE k.aggregator_id = of_aggregator AND k.until > at_moment;
            IF closed IS NOT NULL THEN
                RETURN closed;
            END IF;
            INSERT INTO funds_account (
                aggregator_id, kind, aid_type_id, gift_id, lot_id, line_id, balance
            )
            SELECT of_aggregator, m.kind, m.aid_type, m.gift, m.lot, m.line, 0
            FROM (
                SELECT aid_type, from_kind AS kind, from_gift AS gift, from_lot AS lot,
                    from_line AS line
                FROM jsonb_to_recordset(moves) AS r({_MOVE})
                UNION
                SELECT aid_type, to_kind, to_gift, to_lot, to_line
                FROM jsonb_to_recordset(moves) AS r({_MOVE})
            ) m
            WHERE {_account("m.")} IS NULL
            ORDER BY m.kind, m.aid_type, m.gift, m.lot, m.line
            ON CONFLICT DO NOTHING;
            INSERT INTO funds_posting (debit_id, credit_id, amount, reason, at, entry_id)
            SELECT {_account("m.to_")}, {_account("m.from_")}, m.amount, why, at_moment, for_entry
            FROM jsonb_to_recordset(moves) AS m({_MOVE});
            RETURN NULL;
        END $$
    """,
    reverse_sqlite=(),
    reverse_postgresql="DROP FUNCTION funds_post",
)

# The same steps as `actions.spend.pay_cost`, which remains the measure: whatever is out of the
# ordinary (the key was used, the money is short, the period is closed) answers with no row and has
# written nothing, and the caller goes the long way, which knows the words for it.
PAY_AT_ONCE: Final = VendorSQL(
    sqlite=(),
    postgresql="""
        CREATE FUNCTION funds_pay_at_once(
            request_key text,
            request_fingerprint text,
            by_actor bigint,
            through_channel text,
            at_moment timestamptz,
            of_aggregator bigint,
            for_programme bigint,
            wanted bigint,
            said text,
            noted jsonb
        ) RETURNS SETOF audit_entry LANGUAGE plpgsql AS $$
        DECLARE
            moves jsonb;
            there numeric;
            made audit_entry;
        BEGIN
            -- A second sender of the same key waits here until the first has committed.
            IF request_key IS NOT NULL THEN
                PERFORM pg_advisory_xact_lock(hashtextextended(request_key, 0));
                IF EXISTS (SELECT FROM audit_entry WHERE idempotency_key = request_key) THEN
                    RETURN;
                END IF;
            END IF;
            IF EXISTS (
                SELECT FROM funds_close WHERE aggregator_id = of_aggregator AND until > at_moment
            ) THEN
                RETURN;
            END IF;

            -- Locked in the order of their keys, used in the order in which the gifts came.
            WITH held AS MATERIALIZED (
                SELECT a.gift_id, a.balance
                FROM funds_account a JOIN funds_gift g ON g.id = a.gift_id
                WHERE a.aggregator_id = of_aggregator AND a.kind = 'CASH' AND a.balance > 0
                    AND g.programme_id = for_programme AND g.state = 'CONFIRMED'
                    AND g.aid_type_id IS NULL AND g.area_id IS NULL AND g.target_kind_id IS NULL
                ORDER BY a.id
                FOR NO KEY UPDATE OF a
            ), drawn AS (
                SELECT gift_id, LEAST(balance, wanted - COALESCE(sum(balance) OVER older, 0)) AS part
                FROM held
                WINDOW older AS (
                    ORDER BY gift_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                )
            )
            SELECT sum(part), jsonb_agg(
                jsonb_build_object(
                    'amount', part, 'from_kind', 'CASH', 'from_gift', gift_id,
                    'to_kind', 'COSTS', 'to_gift', gift_id
                ) ORDER BY gift_id
            ) INTO there, moves
            FROM drawn WHERE part > 0;
            IF there IS DISTINCT FROM wanted THEN
                RETURN;
            END IF;

            INSERT INTO audit_entry (
                at, actor_id, channel, action, object_type, object_id, reason, changes,
                idempotency_key, fingerprint
            ) VALUES (
                at_moment, by_actor, through_channel, 'funds.pay_cost',
                'collaborators.collaborator', of_aggregator, said, noted, request_key,
                request_fingerprint
            ) RETURNING * INTO made;
            PERFORM funds_post(of_aggregator, made.id, at_moment, 'COST', moves);
            RETURN NEXT made;
        END $$
    """,
    reverse_sqlite=(),
    reverse_postgresql="DROP FUNCTION funds_pay_at_once",
)


class Migration(migrations.Migration):
    dependencies = (("funds", "0005_close"), ("audit", "0005_seals_only_grow"))
    operations = (POST, PAY_AT_ONCE)
