-- Where areas stood at the end of one day beside the day before and its closings; what differs.
SELECT
    coalesce(min(id), 0), area, phase_id, aid_type_id,
    {sums}
FROM (
    SELECT
        1 AS stored, id, level, area, kind_id, phase_id, aid_type_id,
        need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
    FROM reports_standing
    WHERE programme_id = %(programme)s AND day = %(day)s
    UNION ALL
    SELECT 0, NULL, so_far.* FROM ({standing}) AS so_far
) AS both_sides
GROUP BY level, area, kind_id, phase_id, aid_type_id
HAVING {differ}
ORDER BY level, area, kind_id, phase_id, aid_type_id
