"""Sums of needs by area, kept by triggers: how they are counted anew."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

COUNTED: Final = """
    SELECT
        n.phase_id, n.aid_type_id, l.length, substr(t.region_id, 1, l.length) AS area, t.kind_id,
        sum(n.quantity) AS quantity,
        sum(CASE WHEN n.quantity > n.committed THEN n.quantity ELSE 0 END) AS lacking,
        sum(n.committed) AS committed,
        count(*) AS places,
        sum(CASE WHEN n.quantity > n.committed THEN 1 ELSE 0 END) AS missing
    FROM needs_need n
    JOIN needs_target t ON t.id = n.target_id
    CROSS JOIN (SELECT 5 AS length UNION ALL SELECT 8 UNION ALL SELECT 13) l
    WHERE t.verification = 'VERIFIED'
    GROUP BY n.phase_id, n.aid_type_id, l.length, substr(t.region_id, 1, l.length), t.kind_id
"""
"""Every total from the needs themselves, in the order of the columns of `AreaTotal`."""

RECOUNT: Final = f"""
    INSERT INTO needs_areatotal (
        phase_id, aid_type_id, length, area, kind_id,
        quantity, lacking, committed, places, missing
    )
    {COUNTED}
"""


@transaction.atomic
def recount() -> None:
    """Throw the totals away and count them anew. Whoever writes needs meanwhile waits.

    Only for what was written past the triggers: a bulk load, or a mistake `verify_integrity` found.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE needs_areatotal IN EXCLUSIVE MODE")
        cursor.execute("DELETE FROM needs_areatotal")
        cursor.execute(RECOUNT)
