-- Sums per area of one level, kind of place, phase and aid type, at and below %(area)s.
-- 0 stands for every kind of place, every phase, every aid type; RW count whatever the aid type.
SELECT
    area, kind_id, phase_id, aid_type_id,
    SUM(need), SUM(committed), SUM(delivered), SUM(received),
    SUM(aided), SUM(fulfilled), SUM(rw)
FROM (
    {kept}
        AND area IN (
            SELECT code FROM regions_region
            WHERE level = %(level)s AND (code = %(area)s OR code LIKE %(below)s)
        )
    UNION ALL
    SELECT
        area, kind_id, phase_id, aid_type_id,
        need, committed, delivered, received, aided, fulfilled, rw
    FROM reports_openday
    WHERE programme_id = %(programme)s AND at = %(opened)s AND level = %(level)s
        AND (area = %(area)s OR area LIKE %(below)s)
    UNION ALL
    SELECT
        substr(area, 1, %(length)s), kind_id, phase_id, aid_type_id,
        need, committed, delivered, received, aided, fulfilled, rw
    FROM ({changes}) AS change
    WHERE area = %(area)s OR area LIKE %(below)s
) AS sums
WHERE %(kind)s IN (0, kind_id) AND %(phase)s IN (0, phase_id)
    AND (aid_type_id IS NULL OR %(aid_type)s IN (0, aid_type_id))
GROUP BY area, kind_id, phase_id, aid_type_id
