-- Wherever packages of a lot stand, the rupiah in them are packages times price.
WITH places AS (
    SELECT lot_id, kind, line_id,
        sum(CASE WHEN aid_type_id IS NULL THEN balance ELSE 0 END) AS rupiah,
        sum(CASE WHEN aid_type_id IS NULL THEN 0 ELSE balance END) AS packages
    FROM funds_account WHERE lot_id IS NOT NULL AND kind <> 'BOUGHT'
    GROUP BY lot_id, kind, line_id
)
SELECT 'funds_lot', l.id, c.slug || ' / ' || p.kind, 'rupiah', p.rupiah,
    p.packages * l.unit_price
FROM places p
JOIN funds_lot l ON l.id = p.lot_id
JOIN collaborators_collaborator c ON c.id = l.aggregator_id
WHERE p.rupiah <> p.packages * l.unit_price
ORDER BY l.id, p.kind, p.line_id
