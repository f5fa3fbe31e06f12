-- A promise that was cancelled, rejected or has expired holds nothing.
SELECT 'commitments_commitmentline', l.id, c.code || ' ' || c.state, 'committed', l.committed, 0
FROM commitments_commitment c JOIN commitments_commitmentline l ON l.commitment_id = c.id
WHERE c.state IN ('CANCELLED', 'REJECTED', 'EXPIRED') AND l.committed <> 0
ORDER BY l.id
