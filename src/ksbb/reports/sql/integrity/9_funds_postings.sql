-- A posting stays with one aggregator and one unit, and names the audit row that wrote it.
SELECT 'funds_posting', p.id, c.slug || ' / ' || p.reason,
    CASE WHEN e.id IS NULL THEN 'entry_id' ELSE 'sides' END, p.amount, '-'
FROM funds_posting p
JOIN funds_account d ON d.id = p.debit_id
JOIN funds_account k ON k.id = p.credit_id
JOIN collaborators_collaborator c ON c.id = d.aggregator_id
LEFT JOIN audit_entry e ON e.id = p.entry_id
WHERE e.id IS NULL OR d.aggregator_id <> k.aggregator_id
    OR coalesce(d.aid_type_id, 0) <> coalesce(k.aid_type_id, 0)
ORDER BY p.id
