-- Keep sums of areas in {table}, a row each, under the day or the moment that {when} names.
INSERT INTO {table} (
    programme_id, {when}, level, area, kind_id, phase_id, aid_type_id,
    need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
)
SELECT
    %(programme)s, %({when})s, level, area, kind_id, phase_id, aid_type_id,
    need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
FROM ({sums}) AS sums
