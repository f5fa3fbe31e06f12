-- One hour of the open day beside the changes since the last closed day; only what differs.
SELECT
    coalesce(min(id), 0), area, phase_id, aid_type_id,
    {sums}
FROM (
    SELECT
        1 AS stored, id, level, area, kind_id, phase_id, aid_type_id,
        need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
    FROM reports_openday
    WHERE programme_id = %(programme)s AND at = %(until)s
    UNION ALL
    SELECT 0, NULL, changes.* FROM ({day}) AS changes
) AS both_sides
GROUP BY level, area, kind_id, phase_id, aid_type_id
HAVING {differ}
ORDER BY level, area, kind_id, phase_id, aid_type_id
