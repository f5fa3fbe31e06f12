-- Check constraints hold this; a database whose constraints were taken off shows here.
SELECT 'needs_need', n.id, t.code || ' / ' || p.number || ' / ' || a.slug,
    'received <= delivered <= committed <= quantity',
    n.received || ' / ' || n.delivered || ' / ' || n.committed || ' / ' || n.quantity, '-'
FROM needs_need n
JOIN needs_target t ON t.id = n.target_id
JOIN programmes_phase p ON p.id = n.phase_id
JOIN programmes_aidtype a ON a.id = n.aid_type_id
WHERE NOT (
    0 <= n.received AND n.received <= n.delivered
    AND n.delivered <= n.committed AND n.committed <= n.quantity
)
ORDER BY n.id
