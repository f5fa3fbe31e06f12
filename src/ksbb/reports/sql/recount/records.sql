-- Each collaborator's record beside its changes; only what differs.
SELECT
    coalesce(min(id), 0), collaborator_id,
    {sums}
FROM (
    SELECT
        1 AS stored, id, collaborator_id, phase_id, aid_type_id, committed, delivered, received
    FROM reports_record
    WHERE programme_id = %(programme)s
    UNION ALL
    SELECT 0, NULL, collaborator_id, phase_id, aid_type_id, committed, delivered, received
    FROM reports_change
    WHERE programme_id = %(programme)s AND collaborator_id IS NOT NULL AND at <= %(until)s
) AS both_sides
GROUP BY collaborator_id, phase_id, aid_type_id
HAVING {differ}
ORDER BY collaborator_id, phase_id, aid_type_id
