-- What changed after %(after)s and up to %(until)s, from the ledgers themselves.
--
-- Quantities are copied row by row. Whether a place is reached, aided or fulfilled turns only where
-- a ledger row touches it, so the whole history of the touched places is replayed and the turns
-- inside the span are kept. "told" is everything told up to and including a moment.
WITH
moved AS (
    SELECT m.at, m.stage, m.delta, n.target_id, n.phase_id, n.aid_type_id, c.collaborator_id
    FROM commitments_movement m
    JOIN commitments_commitmentline l ON l.id = m.line_id
    JOIN commitments_commitment c ON c.id = l.commitment_id
    JOIN needs_need n ON n.id = l.need_id
    JOIN programmes_phase p ON p.id = n.phase_id
    WHERE p.programme_id = %(programme)s AND m.at > %(after)s AND m.at <= %(until)s
),
adjusted AS (
    SELECT a.at, a.delta, n.target_id, n.phase_id, n.aid_type_id
    FROM needs_needadjustment a
    JOIN needs_need n ON n.id = a.need_id
    JOIN programmes_phase p ON p.id = n.phase_id
    WHERE p.programme_id = %(programme)s AND a.at > %(after)s AND a.at <= %(until)s
),
-- A place nobody ever committed to cannot turn, however often its needs change.
touched AS (
    SELECT target_id FROM moved
    UNION
    SELECT target_id FROM adjusted WHERE EXISTS (
        SELECT 1 FROM needs_need n
        JOIN commitments_commitmentline l ON l.need_id = n.id
        WHERE n.target_id = adjusted.target_id
    )
),
book AS (
    SELECT
        m.at, n.target_id, n.phase_id, n.aid_type_id, n.id AS need_id, 0 AS need,
        CASE m.stage WHEN 'COMMITTED' THEN m.delta ELSE 0 END AS committed,
        CASE m.stage WHEN %(stage)s THEN m.delta ELSE 0 END AS met
    FROM touched
    JOIN needs_need n ON n.target_id = touched.target_id
    JOIN programmes_phase p ON p.id = n.phase_id AND p.programme_id = %(programme)s
    JOIN commitments_commitmentline l ON l.need_id = n.id
    JOIN commitments_movement m ON m.line_id = l.id
    WHERE m.at <= %(until)s
    UNION ALL
    SELECT a.at, n.target_id, n.phase_id, n.aid_type_id, n.id, a.delta, 0, 0
    FROM touched
    JOIN needs_need n ON n.target_id = touched.target_id
    JOIN programmes_phase p ON p.id = n.phase_id AND p.programme_id = %(programme)s
    JOIN programmes_aidtype k ON k.id = n.aid_type_id AND k.counts_toward_fulfilment
    JOIN needs_needadjustment a ON a.need_id = n.id
    WHERE a.at <= %(until)s
),
-- Of each need that counts: is anything asked for, and does any of it lack?
counting AS (
    SELECT
        book.at, book.target_id, book.phase_id, book.need_id,
        CASE WHEN SUM(SUM(book.need)) OVER told > 0 THEN 1 ELSE 0 END AS asked,
        CASE WHEN SUM(SUM(book.need)) OVER told > SUM(SUM(book.met)) OVER told
            THEN 1 ELSE 0 END AS lacking
    FROM book
    JOIN programmes_aidtype k ON k.id = book.aid_type_id
    WHERE k.counts_toward_fulfilment
    GROUP BY book.need_id, book.target_id, book.phase_id, book.at
    WINDOW told AS (PARTITION BY book.need_id ORDER BY book.at)
),
steps AS (
    SELECT at, target_id, phase_id, committed, 0 AS asked, 0 AS lacking
    FROM book
    WHERE committed <> 0
    UNION ALL
    SELECT
        at, target_id, phase_id, 0,
        asked - LAG(asked, 1, 0) OVER before,
        lacking - LAG(lacking, 1, 0) OVER before
    FROM counting
    WINDOW before AS (PARTITION BY need_id ORDER BY at)
),
states AS (
    SELECT
        at, target_id, phase_id,
        CASE WHEN SUM(SUM(committed)) OVER told > 0 THEN 1 ELSE 0 END AS aided,
        CASE WHEN SUM(SUM(committed)) OVER told > 0
            AND SUM(SUM(asked)) OVER told > 0
            AND SUM(SUM(lacking)) OVER told = 0
            THEN 1 ELSE 0 END AS fulfilled
    FROM steps
    GROUP BY target_id, phase_id, at
    WINDOW told AS (PARTITION BY target_id, phase_id ORDER BY at)
),
turns AS (
    SELECT
        at, target_id, phase_id,
        aided - LAG(aided, 1, 0) OVER before AS aided,
        fulfilled - LAG(fulfilled, 1, 0) OVER before AS fulfilled
    FROM states
    WINDOW before AS (PARTITION BY target_id, phase_id ORDER BY at)
),
presence AS (
    SELECT
        at, target_id,
        CASE WHEN SUM(SUM(committed)) OVER told > 0 THEN 1 ELSE 0 END AS reached
    FROM book
    WHERE committed <> 0
    GROUP BY target_id, at
    WINDOW told AS (PARTITION BY target_id ORDER BY at)
),
arrivals AS (
    SELECT
        at, target_id,
        reached - LAG(reached, 1, 0) OVER (PARTITION BY target_id ORDER BY at) AS reached
    FROM presence
),
by_target AS (
    SELECT
        at, target_id, phase_id, aid_type_id, collaborator_id, 0 AS need,
        CASE stage WHEN 'COMMITTED' THEN delta ELSE 0 END AS committed,
        CASE stage WHEN 'DELIVERED' THEN delta ELSE 0 END AS delivered,
        CASE stage WHEN 'RECEIVED' THEN delta ELSE 0 END AS received,
        0 AS aided, 0 AS fulfilled, 0 AS reached
    FROM moved
    UNION ALL
    SELECT at, target_id, phase_id, aid_type_id, NULL, delta, 0, 0, 0, 0, 0, 0
    FROM adjusted
    UNION ALL
    SELECT at, target_id, phase_id, NULL, NULL, 0, 0, 0, 0, aided, fulfilled, 0
    FROM turns
    WHERE at > %(after)s AND (aided <> 0 OR fulfilled <> 0)
    UNION ALL
    SELECT at, target_id, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, reached
    FROM arrivals
    WHERE at > %(after)s AND reached <> 0
),
-- Only an RW is counted as aided or fulfilled; an institution is counted once it is reached.
by_kelurahan AS (
    SELECT
        b.at, substr(t.region_id, 1, 13) AS area, t.kind_id, b.phase_id, b.aid_type_id,
        b.collaborator_id,
        SUM(b.need) AS need,
        SUM(b.committed) AS committed,
        SUM(b.delivered) AS delivered,
        SUM(b.received) AS received,
        SUM(CASE WHEN k.is_area THEN b.aided ELSE 0 END) AS aided,
        SUM(CASE WHEN k.is_area THEN b.fulfilled ELSE 0 END) AS fulfilled,
        SUM(CASE WHEN k.is_area THEN b.reached ELSE 0 END) AS rw,
        SUM(CASE WHEN k.is_area THEN 0 ELSE b.reached END) AS institutions
    FROM by_target b
    JOIN needs_target t ON t.id = b.target_id
    JOIN programmes_targetkind k ON k.id = t.kind_id
    GROUP BY
        b.at, substr(t.region_id, 1, 13), t.kind_id, b.phase_id, b.aid_type_id, b.collaborator_id
),
-- A kelurahan is reached while one of its RW is; what was carried earlier gives the count before.
rw_steps AS (
    SELECT at, area, rw FROM by_kelurahan WHERE rw <> 0
    UNION ALL
    SELECT %(after)s, area, SUM(rw)
    FROM reports_change
    WHERE programme_id = %(programme)s AND rw <> 0 AND at <= %(after)s
        AND area IN (SELECT area FROM by_kelurahan WHERE rw <> 0)
    GROUP BY area
),
kelurahan_presence AS (
    SELECT
        at, area,
        CASE WHEN SUM(rw) OVER (PARTITION BY area ORDER BY at) > 0 THEN 1 ELSE 0 END AS reached
    FROM rw_steps
),
kelurahan_arrivals AS (
    SELECT
        at, area,
        reached - LAG(reached, 1, 0) OVER (PARTITION BY area ORDER BY at) AS reached
    FROM kelurahan_presence
)
SELECT
    at, area, kind_id, phase_id, aid_type_id, collaborator_id,
    need, committed, delivered, received, aided, fulfilled, rw, institutions, 0 AS kelurahan
FROM by_kelurahan
UNION ALL
SELECT at, area, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, reached
FROM kelurahan_arrivals
WHERE at > %(after)s AND reached <> 0
