-- The sums that keep.sql has kept beside the same sums reckoned again; only what differs.
SELECT
    coalesce(min(id), 0), area, phase_id, aid_type_id,
    {sums}
FROM (
    SELECT
        1 AS stored, id, level, area, kind_id, phase_id, aid_type_id,
        need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
    FROM {table}
    WHERE programme_id = %(programme)s AND {when} = %({when})s
    UNION ALL
    SELECT 0, NULL, again.* FROM ({again}) AS again
) AS both_sides
GROUP BY level, area, kind_id, phase_id, aid_type_id
HAVING {differ}
ORDER BY level, area, kind_id, phase_id, aid_type_id
