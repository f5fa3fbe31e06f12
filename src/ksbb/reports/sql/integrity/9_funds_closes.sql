-- The money not spent at the end of a closed period is the sum of the postings before.
WITH moved AS (
    SELECT a.aggregator_id, p.at, p.amount
    FROM funds_posting p JOIN funds_account a ON a.id = p.debit_id WHERE a.kind = 'CASH'
    UNION ALL
    SELECT a.aggregator_id, p.at, -p.amount
    FROM funds_posting p JOIN funds_account a ON a.id = p.credit_id WHERE a.kind = 'CASH'
)
SELECT 'funds_close', k.id, c.slug || ' / ' || k.until, 'book', k.book, coalesce(sum(m.amount), 0)
FROM funds_close k
JOIN collaborators_collaborator c ON c.id = k.aggregator_id
LEFT JOIN moved m ON m.aggregator_id = k.aggregator_id AND m.at < k.until
GROUP BY k.id, c.slug, k.until, k.book
HAVING k.book <> coalesce(sum(m.amount), 0)
ORDER BY k.id
