-- How far a need is met is the sum of the movements of its lines.
WITH moved AS (
    SELECT l.need_id, m.stage, sum(m.delta) AS total
    FROM commitments_movement m JOIN commitments_commitmentline l ON l.id = m.line_id
    GROUP BY l.need_id, m.stage
), stored AS (
    SELECT id, 'COMMITTED' AS stage, 'committed' AS what, committed AS value FROM needs_need
    UNION ALL SELECT id, 'DELIVERED', 'delivered', delivered FROM needs_need
    UNION ALL SELECT id, 'RECEIVED', 'received', received FROM needs_need
)
SELECT 'needs_need', s.id, t.code || ' / ' || p.number || ' / ' || a.slug, s.what,
    s.value, coalesce(m.total, 0)
FROM stored s
LEFT JOIN moved m ON m.need_id = s.id AND m.stage = s.stage
JOIN needs_need n ON n.id = s.id
JOIN needs_target t ON t.id = n.target_id
JOIN programmes_phase p ON p.id = n.phase_id
JOIN programmes_aidtype a ON a.id = n.aid_type_id
WHERE s.value <> coalesce(m.total, 0)
ORDER BY s.id, s.what
