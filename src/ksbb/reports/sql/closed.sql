-- The closings of the areas of a level, day by day.
SELECT
    area, kind_id, phase_id, aid_type_id,
    need, committed, delivered, received, aided, fulfilled, rw
FROM reports_closing
WHERE programme_id = %(programme)s AND level = %(level)s AND day <= %(closed_on)s
