-- Adds what was carried after %(after)s to each collaborator's record.
INSERT INTO reports_record (
    programme_id, collaborator_id, phase_id, aid_type_id, committed, delivered, received
)
SELECT
    programme_id, collaborator_id, phase_id, aid_type_id,
    SUM(committed), SUM(delivered), SUM(received)
FROM reports_change
WHERE programme_id = %(programme)s AND collaborator_id IS NOT NULL
    AND at > %(after)s AND at <= %(until)s
GROUP BY programme_id, collaborator_id, phase_id, aid_type_id
ON CONFLICT (programme_id, collaborator_id, phase_id, aid_type_id) DO UPDATE SET
    committed = reports_record.committed + excluded.committed,
    delivered = reports_record.delivered + excluded.delivered,
    received = reports_record.received + excluded.received
