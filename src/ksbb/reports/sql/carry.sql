INSERT INTO reports_change (
    programme_id, at, area, kind_id, phase_id, aid_type_id, collaborator_id,
    need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
)
SELECT
    %(programme)s, at, area, kind_id, phase_id, aid_type_id, collaborator_id,
    need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
FROM ({changes}) AS change
