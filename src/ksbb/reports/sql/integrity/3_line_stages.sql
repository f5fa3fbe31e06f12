-- The same for each line of a commitment.
WITH moved AS (
    SELECT line_id, stage, sum(delta) AS total FROM commitments_movement GROUP BY line_id, stage
), stored AS (
    SELECT id, 'COMMITTED' AS stage, 'committed' AS what, committed AS value
    FROM commitments_commitmentline
    UNION ALL SELECT id, 'DELIVERED', 'delivered', delivered FROM commitments_commitmentline
    UNION ALL SELECT id, 'RECEIVED', 'received', received FROM commitments_commitmentline
)
SELECT 'commitments_commitmentline', s.id, c.code || ' / ' || t.code, s.what,
    s.value, coalesce(m.total, 0)
FROM stored s
LEFT JOIN moved m ON m.line_id = s.id AND m.stage = s.stage
JOIN commitments_commitmentline l ON l.id = s.id
JOIN commitments_commitment c ON c.id = l.commitment_id
JOIN needs_need n ON n.id = l.need_id
JOIN needs_target t ON t.id = n.target_id
WHERE s.value <> coalesce(m.total, 0)
ORDER BY s.id, s.what
