"""The book counted again after each case: figures of a wrong book are worth nothing."""

from __future__ import annotations

from typing import Final

from django.db import connection

_QUERIES: Final = {
    "needs whose counter is not the sum of their movements": """
        SELECT count(*) FROM needs_need n LEFT JOIN (
            SELECT l.need_id, sum(m.delta) AS total
            FROM commitments_movement m JOIN commitments_commitmentline l ON l.id = m.line_id
            WHERE m.stage = 'COMMITTED' GROUP BY l.need_id
        ) s ON s.need_id = n.id
        WHERE n.committed <> coalesce(s.total, 0)
    """,
    "needs with more committed than needed": """
        SELECT count(*) FROM needs_need WHERE committed > quantity
    """,
    "lines whose counter is not the sum of their movements": """
        SELECT count(*) FROM commitments_commitmentline l LEFT JOIN (
            SELECT line_id, sum(delta) AS total FROM commitments_movement
            WHERE stage = 'COMMITTED' GROUP BY line_id
        ) s ON s.line_id = l.id
        WHERE l.committed <> coalesce(s.total, 0)
    """,
}


def check_book() -> None:
    """Raise RuntimeError unless every counter is a sum and nothing is oversold."""
    with connection.cursor() as cursor:
        for what, query in _QUERIES.items():
            cursor.execute(query)
            if wrong := cursor.fetchone()[0]:
                message = f"The book is wrong: {wrong} {what}."
                raise RuntimeError(message)
