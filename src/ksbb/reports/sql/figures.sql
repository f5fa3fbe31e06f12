-- All a programme's figures at once: sums per phase and aid type, per collaborator, and the
-- kelurahan reached per kota.
SELECT
    phase_id, aid_type_id, collaborator_id, kota,
    SUM(committed), SUM(delivered), SUM(received),
    SUM(aided), SUM(fulfilled), SUM(rw), SUM(institutions), SUM(kelurahan)
FROM (
    SELECT
        phase_id, aid_type_id, collaborator_id, NULL AS kota,
        committed, delivered, received, aided, fulfilled, rw, institutions, 0 AS kelurahan
    FROM reports_closing
    WHERE programme_id = %(programme)s AND level IN ('PROVINCE', '') AND day <= %(closed_on)s
    UNION ALL
    SELECT NULL, NULL, NULL, area, 0, 0, 0, 0, 0, 0, 0, kelurahan
    FROM reports_closing
    WHERE programme_id = %(programme)s AND level = 'REGENCY' AND day <= %(closed_on)s
        AND kelurahan <> 0
    UNION ALL
    SELECT
        phase_id, aid_type_id, collaborator_id,
        CASE WHEN kelurahan <> 0 THEN substr(area, 1, 5) END,
        committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
    FROM ({changes}) AS change
) AS sums
GROUP BY phase_id, aid_type_id, collaborator_id, kota
