-- What changed for the programme as a whole: per phase and aid type, per collaborator, and the
-- kelurahan reached per kota.
SELECT
    phase_id, aid_type_id, collaborator_id,
    CASE WHEN kelurahan <> 0 THEN substr(area, 1, 5) END AS kota,
    SUM(need), SUM(committed), SUM(delivered), SUM(received),
    SUM(aided), SUM(fulfilled), SUM(rw), SUM(institutions), SUM(kelurahan)
FROM ({changes}) AS change
GROUP BY
    phase_id, aid_type_id, collaborator_id,
    CASE WHEN kelurahan <> 0 THEN substr(area, 1, 5) END
