-- A bank row says it is a confirmed gift to the aggregator whose account it is, or why it is none.
SELECT 'funds_bankanswer', b.id, c.slug || ' / ' || a.name,
    CASE WHEN NOT r.is_credit THEN 'direction'
        WHEN g.aggregator_id <> a.aggregator_id THEN 'aggregator'
        ELSE 'state' END,
    coalesce(g.state, '-'), 'CONFIRMED'
FROM funds_bankanswer b
JOIN funds_bankrow r ON r.id = b.row_id
JOIN funds_bankaccount a ON a.id = r.account_id
JOIN collaborators_collaborator c ON c.id = a.aggregator_id
LEFT JOIN funds_gift g ON g.id = b.gift_id
WHERE NOT r.is_credit OR g.aggregator_id <> a.aggregator_id OR g.state <> 'CONFIRMED'
ORDER BY b.id
