-- Where the areas of a level stood at the end of the last day that is added up.
SELECT
    area, kind_id, phase_id, aid_type_id,
    need, committed, delivered, received, aided, fulfilled, rw
FROM reports_standing
WHERE programme_id = %(programme)s AND level = %(level)s AND day = (
    SELECT MAX(day) FROM reports_standing
    WHERE programme_id = %(programme)s AND day <= %(closed_on)s
)
