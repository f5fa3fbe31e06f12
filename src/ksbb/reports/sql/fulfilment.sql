-- Sums per area of one level, kind of place, phase and aid type, at and below %(area)s.
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
        substr(area, 1, %(length)s), kind_id, phase_id, aid_type_id,
        need, committed, delivered, received, aided, fulfilled, rw
    FROM ({changes}) AS change
    WHERE area = %(area)s OR area LIKE %(below)s
) AS sums
GROUP BY area, kind_id, phase_id, aid_type_id
