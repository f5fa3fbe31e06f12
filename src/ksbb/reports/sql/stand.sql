INSERT INTO reports_standing (
    programme_id, day, level, area, kind_id, phase_id, aid_type_id,
    need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
)
SELECT
    %(programme)s, %(day)s, level, area, kind_id, phase_id, aid_type_id,
    need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
FROM ({sums}) AS sums
