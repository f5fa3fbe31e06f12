-- What was carried beside what the ledgers say, moment by moment; only what differs.
SELECT
    coalesce(min(id), 0), area, phase_id, aid_type_id,
    {sums}
FROM (
    SELECT
        1 AS stored, id, at, area, kind_id, phase_id, aid_type_id, collaborator_id,
        need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
    FROM reports_change
    WHERE programme_id = %(programme)s
    UNION ALL
    SELECT 0, NULL, ledgers.* FROM ({changes}) AS ledgers
) AS both_sides
GROUP BY at, area, kind_id, phase_id, aid_type_id, collaborator_id
HAVING {differ}
ORDER BY at, area, kind_id, phase_id, aid_type_id, collaborator_id
