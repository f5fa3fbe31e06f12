-- The changes after %(after)s and up to %(until)s, added up per area of every level.
SELECT
    levels.name AS level, substr(area, 1, levels.length) AS area, kind_id, phase_id, aid_type_id,
    SUM(need) AS need,
    SUM(committed) AS committed,
    SUM(delivered) AS delivered,
    SUM(received) AS received,
    SUM(aided) AS aided,
    SUM(fulfilled) AS fulfilled,
    SUM(rw) AS rw,
    SUM(institutions) AS institutions,
    SUM(kelurahan) AS kelurahan
FROM reports_change
CROSS JOIN (
    SELECT 'PROVINCE' AS name, 2 AS length
    UNION ALL SELECT 'REGENCY', 5
    UNION ALL SELECT 'DISTRICT', 8
    UNION ALL SELECT 'VILLAGE', 13
) AS levels
WHERE programme_id = %(programme)s AND at > %(after)s AND at <= %(until)s
GROUP BY levels.name, substr(area, 1, levels.length), kind_id, phase_id, aid_type_id
