INSERT INTO reports_openday (
    programme_id, at, level, area, kind_id, phase_id, aid_type_id,
    need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
)
SELECT
    %(programme)s, %(at)s, level, area, kind_id, phase_id, aid_type_id,
    need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
FROM ({sums}) AS sums
