-- A clock runs only while the donor must act, and only what has ended has an end.
SELECT 'commitments_commitment', id, code || ' ' || state, 'due_at',
    CASE WHEN due_at IS NULL THEN '-' ELSE 'set' END,
    CASE WHEN state IN ('DRAFT', 'ACCEPTED') THEN 'set' ELSE '-' END
FROM commitments_commitment
WHERE (due_at IS NOT NULL) <> (state IN ('DRAFT', 'ACCEPTED'))
UNION ALL
SELECT 'commitments_commitment', id, code || ' ' || state, 'closed_at',
    CASE WHEN closed_at IS NULL THEN '-' ELSE 'set' END,
    CASE WHEN state IN ('COMPLETED', 'CANCELLED', 'REJECTED', 'EXPIRED') THEN 'set' ELSE '-' END
FROM commitments_commitment
WHERE (closed_at IS NOT NULL) <> (state IN ('COMPLETED', 'CANCELLED', 'REJECTED', 'EXPIRED'))
