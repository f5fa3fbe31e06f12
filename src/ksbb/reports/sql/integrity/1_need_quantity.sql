-- What a need asks for is the sum of its adjustments.
SELECT 'needs_need', n.id, t.code || ' / ' || p.number || ' / ' || a.slug, 'quantity',
    n.quantity, coalesce(s.quantity, 0)
FROM needs_need n
LEFT JOIN (
    SELECT need_id, sum(delta) AS quantity FROM needs_needadjustment GROUP BY need_id
) s ON s.need_id = n.id
JOIN needs_target t ON t.id = n.target_id
JOIN programmes_phase p ON p.id = n.phase_id
JOIN programmes_aidtype a ON a.id = n.aid_type_id
WHERE n.quantity <> coalesce(s.quantity, 0)
ORDER BY n.id
