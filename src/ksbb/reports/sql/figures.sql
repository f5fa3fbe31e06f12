-- What changed for the programme as a whole: per phase and aid type with the kelurahan reached per
-- kota, and apart from them per collaborator.
WITH change AS ({changes})
SELECT
    phase_id, aid_type_id,
    CASE WHEN kelurahan <> 0 THEN substr(area, 1, 5) END AS kota,
    NULL AS giver,
    SUM(need), SUM(committed), SUM(delivered), SUM(received),
    SUM(aided), SUM(fulfilled), SUM(rw), SUM(institutions), SUM(kelurahan)
FROM change
GROUP BY phase_id, aid_type_id, CASE WHEN kelurahan <> 0 THEN substr(area, 1, 5) END
UNION ALL
SELECT NULL, NULL, NULL, collaborator_id, 0, SUM(committed), 0, 0, 0, 0, 0, 0, 0
FROM change
WHERE collaborator_id IS NOT NULL
GROUP BY collaborator_id
