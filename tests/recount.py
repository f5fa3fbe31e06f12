"""The book counted again in plain SQL, by nothing of what keeps it; no faults means it agrees."""

from __future__ import annotations

from typing import Final

from django.db import connection

_STAGES: Final = ("committed", "delivered", "received")

_SUM: Final = """
    SELECT coalesce(sum(m.delta), 0) FROM commitments_movement m
    JOIN commitments_commitmentline l ON l.id = m.line_id
    WHERE m.stage = '{stage}' AND {owner}
"""
_NEED_SUMS: Final = {
    f"need {stage}": f"""
        SELECT n.id FROM needs_need n
        WHERE n.{stage} <> ({_SUM.format(stage=stage.upper(), owner="l.need_id = n.id")})
    """
    for stage in _STAGES
}
_LINE_SUMS: Final = {
    f"line {stage}": f"""
        SELECT c.id FROM commitments_commitmentline c
        WHERE c.{stage} <> ({_SUM.format(stage=stage.upper(), owner="l.id = c.id")})
    """
    for stage in _STAGES
}

FAULTS: Final = {
    **_NEED_SUMS,
    **_LINE_SUMS,
    "need quantity": """
        SELECT n.id FROM needs_need n WHERE n.quantity <> (
            SELECT coalesce(sum(a.delta), 0) FROM needs_needadjustment a WHERE a.need_id = n.id
        )
    """,
    "need order": """
        SELECT id FROM needs_need WHERE NOT (
            0 <= received AND received <= delivered AND delivered <= committed
            AND committed <= quantity AND open = quantity - committed
        )
    """,
    "line order": """
        SELECT id FROM commitments_commitmentline WHERE NOT (
            0 <= received AND received <= delivered AND delivered <= committed
            AND committed <= quantity AND 0 < quantity
        )
    """,
    "line against its deliveries": """
        SELECT l.id FROM commitments_commitmentline l
        LEFT JOIN deliveries_deliveryline d ON d.line_id = l.id
        GROUP BY l.id, l.delivered, l.received
        HAVING l.delivered <> coalesce(sum(d.quantity), 0)
            OR l.received <> coalesce(sum(d.received), 0)
    """,
    "areas": """
        SELECT length FROM (
            SELECT * FROM (
                SELECT phase_id, aid_type_id, length, area, kind_id, sum(quantity) AS quantity,
                    sum(lacking) AS lacking, sum(committed) AS committed, sum(places) AS places,
                    sum(missing) AS missing
                FROM needs_areatotal GROUP BY phase_id, aid_type_id, length, area, kind_id
            ) kept
            WHERE places <> 0 OR missing <> 0 OR quantity <> 0 OR lacking <> 0 OR committed <> 0
            EXCEPT
            SELECT * FROM ({counted}) counted
        ) more
        UNION ALL
        SELECT length FROM (
            SELECT * FROM ({counted}) counted
            EXCEPT
            SELECT phase_id, aid_type_id, length, area, kind_id, sum(quantity), sum(lacking),
                sum(committed), sum(places), sum(missing)
            FROM needs_areatotal GROUP BY phase_id, aid_type_id, length, area, kind_id
        ) less
    """.format(
        counted=" UNION ALL ".join(
            f"""
            SELECT n.phase_id, n.aid_type_id, {length} AS length,
                substr(t.region_id, 1, {length}) AS area, t.kind_id, sum(n.quantity),
                sum(CASE WHEN n.open > 0 THEN n.quantity ELSE 0 END), sum(n.committed), count(*),
                sum(CASE WHEN n.open > 0 THEN 1 ELSE 0 END)
            FROM needs_need n JOIN needs_target t ON t.id = n.target_id
            WHERE t.verification = 'VERIFIED'
            GROUP BY n.phase_id, n.aid_type_id, substr(t.region_id, 1, {length}), t.kind_id
            """
            for length in (5, 8, 13)
        )
    ),
    "ended and still holding": """
        SELECT c.id FROM commitments_commitment c
        JOIN commitments_commitmentline l ON l.commitment_id = c.id
        WHERE (c.state IN ('CANCELLED', 'REJECTED', 'EXPIRED') AND l.committed <> 0)
            OR (c.state = 'COMPLETED' AND l.committed <> l.received)
    """,
    "not reserved exactly once": """
        SELECT c.id FROM commitments_commitment c
        LEFT JOIN audit_entry e ON e.action = 'commitments.reserve'
            AND e.object_type = 'commitments.commitment' AND e.object_id = CAST(c.id AS text)
        GROUP BY c.id HAVING count(e.id) <> 1
    """,
    "without a line": """
        SELECT c.id FROM commitments_commitment c
        LEFT JOIN commitments_commitmentline l ON l.commitment_id = c.id
        WHERE l.id IS NULL
    """,
    "account against its postings": """
        SELECT a.id FROM funds_account a WHERE a.balance <> (
            SELECT coalesce(sum(p.amount), 0) FROM funds_posting p WHERE p.debit_id = a.id
        ) - (
            SELECT coalesce(sum(p.amount), 0) FROM funds_posting p WHERE p.credit_id = a.id
        )
    """,
    "account overdrawn": """
        SELECT id FROM funds_account
        WHERE (kind IN ('GIVEN', 'BOUGHT')) <> (balance < 0) AND balance <> 0
    """,
    "gift against its account": """
        SELECT g.id FROM funds_gift g
        LEFT JOIN funds_account a ON a.gift_id = g.id AND a.kind = 'GIVEN'
        WHERE coalesce(g.accepted, 0) <> coalesce(-a.balance, 0)
            OR (g.state <> 'CONFIRMED' AND a.balance <> 0)
    """,
    "packages not paid to the rupiah": """
        SELECT l.id FROM funds_account a JOIN funds_lot l ON l.id = a.lot_id
        WHERE a.kind <> 'BOUGHT'
        GROUP BY l.id, l.unit_price, a.kind, a.line_id
        HAVING sum(CASE WHEN a.aid_type_id IS NULL THEN a.balance
            ELSE -a.balance * l.unit_price END) <> 0
    """,
    "delivered against what left the stock": """
        SELECT l.id FROM commitments_commitmentline l
        JOIN funds_account a ON a.line_id = l.id AND a.aid_type_id IS NOT NULL
        GROUP BY l.id, l.delivered
        HAVING l.delivered <> sum(CASE WHEN a.kind = 'DELIVERED' THEN a.balance ELSE 0 END)
    """,
    "earmark not kept": """
        SELECT a.id FROM funds_account a
        JOIN funds_gift g ON g.id = a.gift_id
        JOIN commitments_commitmentline l ON l.id = a.line_id
        JOIN needs_need n ON n.id = l.need_id
        JOIN needs_target t ON t.id = n.target_id
        WHERE a.balance <> 0 AND (
            (g.aid_type_id IS NOT NULL AND g.aid_type_id <> n.aid_type_id)
            OR (g.target_kind_id IS NOT NULL AND g.target_kind_id <> t.kind_id)
            OR (g.area_id IS NOT NULL AND t.region_id <> g.area_id
                AND t.region_id NOT LIKE g.area_id || '.%')
        )
    """,
}


def faults() -> list[tuple[str, int]]:
    """Return (what is wrong, key of the row) for every row that does not agree."""
    return [(name, key) for name, query in FAULTS.items() for key in _keys(query)]


def _keys(query: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]
