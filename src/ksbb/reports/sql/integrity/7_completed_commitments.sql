-- A completed promise was handed over and confirmed in full.
SELECT 'commitments_commitmentline', l.id, c.code || ' ' || c.state, 'received',
    l.received, l.committed
FROM commitments_commitment c JOIN commitments_commitmentline l ON l.commitment_id = c.id
WHERE c.state = 'COMPLETED' AND l.received <> l.committed
ORDER BY l.id
