-- What was handed over and confirmed of a line is what its delivery lines carry.
WITH carried AS (
    SELECT line_id, sum(quantity) AS delivered, sum(received) AS received
    FROM deliveries_deliveryline GROUP BY line_id
), stored AS (
    SELECT l.id, l.commitment_id, 'delivered' AS what, l.delivered AS value,
        coalesce(c.delivered, 0) AS carried
    FROM commitments_commitmentline l LEFT JOIN carried c ON c.line_id = l.id
    UNION ALL
    SELECT l.id, l.commitment_id, 'received', l.received, coalesce(c.received, 0)
    FROM commitments_commitmentline l LEFT JOIN carried c ON c.line_id = l.id
)
SELECT 'commitments_commitmentline', s.id, c.code, s.what || ' (deliveries)', s.value, s.carried
FROM stored s JOIN commitments_commitment c ON c.id = s.commitment_id
WHERE s.value <> s.carried
ORDER BY s.id, s.what
