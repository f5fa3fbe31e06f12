-- The balance of each account of the money ledger is the sum of its postings.
WITH moved AS (
    SELECT debit_id AS account, amount FROM funds_posting
    UNION ALL SELECT credit_id, -amount FROM funds_posting
), sums AS (
    SELECT account, sum(amount) AS total FROM moved GROUP BY account
)
SELECT 'funds_account', a.id, c.slug || ' / ' || a.kind, 'balance', a.balance,
    coalesce(s.total, 0)
FROM funds_account a
JOIN collaborators_collaborator c ON c.id = a.aggregator_id
LEFT JOIN sums s ON s.account = a.id
WHERE a.balance <> coalesce(s.total, 0)
ORDER BY a.id
