-- What was carried after the sums that are read.
SELECT
    at, area, kind_id, phase_id, aid_type_id, collaborator_id,
    need, committed, delivered, received, aided, fulfilled, rw, institutions, kelurahan
FROM reports_change
WHERE programme_id = %(programme)s AND at > %(since)s AND at <= %(carried)s
