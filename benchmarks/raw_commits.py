"""The same commitment without Django: statement by statement, and as one single statement.

Same rows, same triggers, same constraints, same durability; psycopg as it comes, which prepares
what it sends often.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import psycopg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.ground import Ground

_LOCK_NEEDS: Final = """
    SELECT n.id, n.quantity - n.committed AS open, n.phase_id, t.verification, t.is_example,
        p.ends_on, p.programme_id, g.state
    FROM needs_need n
    JOIN needs_target t ON t.id = n.target_id
    JOIN programmes_phase p ON p.id = n.phase_id
    JOIN programmes_programme g ON g.id = p.programme_id
    WHERE n.id = ANY(%s) ORDER BY n.id FOR NO KEY UPDATE OF n
"""
_COMMITMENT: Final = """
    INSERT INTO commitments_commitment
        (code, programme_id, collaborator_id, state, created_at, due_at, delivery_window, remark,
         is_example)
    VALUES (%s, %s, %s, 'DRAFT', %s, %s, '', '', true) RETURNING id
"""
_ENTRY: Final = """
    INSERT INTO audit_entry
        (at, channel, action, object_type, object_id, reason, changes, idempotency_key, fingerprint)
    VALUES (%s, 'WEB', %s, 'commitments.commitment', %s, '', '{}', %s, %s) RETURNING id
"""
_LINE: Final = "INSERT INTO commitments_commitmentline (commitment_id, need_id, quantity) VALUES "
_MOVEMENT: Final = (
    "INSERT INTO commitments_movement (line_id, stage, delta, reason, at, entry_id) VALUES "
)
_SUBMIT: Final = """
    UPDATE commitments_commitment SET state = 'SUBMITTED', submitted_at = %s, due_at = NULL,
        planned_for = %s, delivery_window = 'MORNING' WHERE id = %s
"""

_SINGLE: Final = """
    WITH wanted AS (
        SELECT * FROM unnest(%(needs)s::bigint[], %(quantities)s::int[]) AS w(need_id, quantity)
    ), locked AS MATERIALIZED (
        SELECT n.id, n.quantity - n.committed AS open, t.verification, p.ends_on, g.state
        FROM needs_need n
        JOIN needs_target t ON t.id = n.target_id
        JOIN programmes_phase p ON p.id = n.phase_id
        JOIN programmes_programme g ON g.id = p.programme_id
        WHERE n.id = ANY(%(needs)s) ORDER BY n.id FOR NO KEY UPDATE OF n
    ), fitting AS (
        SELECT count(*) AS lines FROM locked l JOIN wanted w ON w.need_id = l.id
        WHERE w.quantity <= l.open AND l.verification = 'VERIFIED' AND l.state = 'OPEN'
            AND l.ends_on >= %(today)s
    ), commitment AS (
        INSERT INTO commitments_commitment
            (code, programme_id, collaborator_id, state, created_at, submitted_at, due_at,
             planned_for, delivery_window, remark, is_example)
        SELECT %(code)s, %(programme)s, %(collaborator)s, {state}, %(now)s, {submitted}, '', true
        FROM fitting WHERE lines = cardinality(%(needs)s)
        RETURNING id
    ), entry AS (
        INSERT INTO audit_entry
            (at, channel, action, object_type, object_id, reason, changes, idempotency_key,
             fingerprint)
        SELECT %(now)s, 'WEB', a.action, 'commitments.commitment', c.id::text, '', '{{}}', a.key,
            %(fingerprint)s
        FROM commitment c, (VALUES {actions}) AS a(action, key)
        RETURNING id, idempotency_key
    ), line AS (
        INSERT INTO commitments_commitmentline (commitment_id, need_id, quantity)
        SELECT c.id, w.need_id, w.quantity FROM commitment c, wanted w
        RETURNING id, quantity
    ), movement AS (
        INSERT INTO commitments_movement (line_id, stage, delta, reason, at, entry_id)
        SELECT l.id, 'COMMITTED', l.quantity, 'RESERVE', %(now)s, e.id FROM line l, entry e
        WHERE e.idempotency_key IS NOT NULL
    )
    SELECT id FROM commitment
"""
SINGLE_RESERVE: Final = _SINGLE.format(
    state="'DRAFT'",
    submitted="NULL, %(due)s, NULL, ''",
    actions="('commitments.reserve', %(key)s)",
)
SINGLE_PROMISE: Final = _SINGLE.format(
    state="'SUBMITTED'",
    submitted="%(now)s, NULL, %(today)s, 'MORNING'",
    actions="('commitments.reserve', %(key)s), ('commitments.submit', NULL)",
)


class RawClient:
    """One connection that makes commitments without Django."""

    def __init__(self, url: str, ground: Ground, now: datetime) -> None:
        """Connect; `url` is the benchmark's own database."""
        self.connection = psycopg.connect(url)
        self.ground = ground
        self.now = now

    def reserve(self, needs: Sequence[int]) -> None:
        """Commit 1 to each need, as `commitments.actions.reserve` does."""
        with self.connection.transaction(), self.connection.cursor() as cursor:
            self._take(cursor, needs)

    def promise(self, needs: Sequence[int]) -> None:
        """Commit 1 to each need and submit, as `commitments.actions.promise` does."""
        with self.connection.transaction(), self.connection.cursor() as cursor:
            commitment = self._take(cursor, needs)
            cursor.execute(_SUBMIT, [self.now, self.now.date(), commitment])
            entry = [self.now, "commitments.submit", str(commitment), None, ""]
            cursor.execute(_ENTRY, entry)

    def single(self, statement: str, needs: Sequence[int]) -> None:
        """Commit 1 to each need in one statement which is the whole transaction."""
        self.connection.autocommit = True
        row = self.connection.execute(
            statement,
            {
                "needs": list(needs),
                "quantities": [1] * len(needs),
                "today": self.now.date(),
                "code": _code(),
                "programme": self.ground.programme.pk,
                "collaborator": self.ground.collaborator.pk,
                "now": self.now,
                "due": self.now + timedelta(minutes=30),
                "key": uuid4().hex,
                "fingerprint": "f" * 64,
            },
        ).fetchone()
        assert row, "a refused commitment would be measured as a fast one"

    def _take(self, cursor: psycopg.Cursor[tuple[int, ...]], needs: Sequence[int]) -> int:
        key, count, now = uuid4().hex, len(needs), self.now
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        cursor.execute("SELECT id FROM audit_entry WHERE idempotency_key = %s", [key])
        assert cursor.fetchone() is None
        cursor.execute(_LOCK_NEEDS, [list(needs)])
        assert all(row[1] >= 1 for row in cursor.fetchall())
        owner = [self.ground.programme.pk, self.ground.collaborator.pk]
        cursor.execute(_COMMITMENT, [_code(), *owner, now, now + timedelta(minutes=30)])
        commitment = _id(cursor)
        cursor.execute(_ENTRY, [now, "commitments.reserve", str(commitment), key, "f" * 64])
        entry = _id(cursor)
        lines = _LINE + ", ".join(["(%s, %s, 1)"] * count) + " RETURNING id"
        cursor.execute(lines, [value for need in needs for value in (commitment, need)])
        ids = [row[0] for row in cursor.fetchall()]
        movements = _MOVEMENT + ", ".join(["(%s, 'COMMITTED', 1, 'RESERVE', %s, %s)"] * count)
        cursor.execute(movements, [value for line in ids for value in (line, now, entry)])
        return commitment


def _id(cursor: psycopg.Cursor[tuple[int, ...]]) -> int:
    row = cursor.fetchone()
    assert row
    return row[0]


def _code() -> str:
    """Return twelve letters; of eight, some run of a million commitments draws two alike."""
    return uuid4().hex[:12]
