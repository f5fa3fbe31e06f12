-- What was carried after the last closing that is read.
SELECT
    at, area, phase_id, aid_type_id, collaborator_id,
    need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
FROM reports_change
WHERE programme_id = %(programme)s AND at > %(closed)s AND at <= %(carried)s
