-- Where areas stood at the end of the day before that has any, and what the closings of a day add.
-- A kelurahan is read within one kecamatan only, and has no more closings than there were days.
SELECT
    level, area, kind_id, phase_id, aid_type_id,
    SUM(need) AS need,
    SUM(committed) AS committed,
    SUM(delivered) AS delivered,
    SUM(received) AS received,
    SUM(aided) AS aided,
    SUM(fulfilled) AS fulfilled,
    SUM(rw) AS rw,
    SUM(institutions) AS institutions,
    SUM(kelurahan) AS kelurahan
FROM (
    SELECT
        level, area, kind_id, phase_id, aid_type_id,
        need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
    FROM reports_standing
    WHERE programme_id = %(programme)s AND day = (
        SELECT MAX(day) FROM reports_standing
        WHERE programme_id = %(programme)s AND day < %(day)s
    )
    UNION ALL
    SELECT
        level, area, kind_id, phase_id, aid_type_id,
        need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
    FROM reports_closing
    WHERE programme_id = %(programme)s AND day = %(day)s AND level <> 'VILLAGE'
) AS so_far
GROUP BY level, area, kind_id, phase_id, aid_type_id
