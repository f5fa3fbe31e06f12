-- Every row of a ledger names the audit row of the action that wrote it.
SELECT 'commitments_movement', m.id, c.code, 'entry_id', m.entry_id, '-'
FROM commitments_movement m
LEFT JOIN audit_entry e ON e.id = m.entry_id
LEFT JOIN commitments_commitmentline l ON l.id = m.line_id
LEFT JOIN commitments_commitment c ON c.id = l.commitment_id
WHERE e.id IS NULL
UNION ALL
SELECT 'needs_needadjustment', a.id, t.code, 'entry_id', a.entry_id, '-'
FROM needs_needadjustment a
LEFT JOIN audit_entry e ON e.id = a.entry_id
LEFT JOIN needs_need n ON n.id = a.need_id
LEFT JOIN needs_target t ON t.id = n.target_id
WHERE e.id IS NULL
