-- Closed periods of an aggregator follow each other without a gap.
SELECT 'funds_close', k.id, c.slug || ' / ' || k.until, 'since', k.since, b.until
FROM funds_close k
JOIN collaborators_collaborator c ON c.id = k.aggregator_id
JOIN funds_close b ON b.aggregator_id = k.aggregator_id AND b.until = (
    SELECT max(o.until) FROM funds_close o
    WHERE o.aggregator_id = k.aggregator_id AND o.until < k.until
)
WHERE k.since <> b.until
ORDER BY k.id
