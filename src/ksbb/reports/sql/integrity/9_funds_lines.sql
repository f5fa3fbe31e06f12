-- Of a commitment from stock exactly what was handed over has left the stock.
SELECT 'commitments_commitmentline', l.id, c.code, 'delivered from stock',
    sum(CASE WHEN a.kind = 'DELIVERED' THEN a.balance ELSE 0 END), l.delivered
FROM funds_account a
JOIN commitments_commitmentline l ON l.id = a.line_id
JOIN commitments_commitment c ON c.id = l.commitment_id
WHERE a.aid_type_id IS NOT NULL
GROUP BY l.id, c.code, l.delivered
HAVING sum(CASE WHEN a.kind = 'DELIVERED' THEN a.balance ELSE 0 END) <> l.delivered
ORDER BY l.id
