-- What a gift says was taken is what its postings brought; nothing that is not confirmed counts.
SELECT 'funds_gift', g.id, g.code, 'accepted', coalesce(g.accepted, 0),
    coalesce(-a.balance, 0)
FROM funds_gift g
LEFT JOIN funds_account a ON a.gift_id = g.id AND a.kind = 'GIVEN'
WHERE coalesce(g.accepted, 0) <> coalesce(-a.balance, 0)
    OR (g.state <> 'CONFIRMED' AND a.balance <> 0)
ORDER BY g.id
