-- What collaborators have given as of now, per phase and aid type: what is carried, and the rest
-- from the ledger. 0 stands for every collaborator, and for every aid type.
SELECT collaborator_id, phase_id, aid_type_id, SUM(committed), SUM(delivered), SUM(received)
FROM (
    SELECT collaborator_id, phase_id, aid_type_id, committed, delivered, received
    FROM reports_record
    WHERE programme_id = %(programme)s AND %(carries)s = 1
        AND (%(collaborator)s = 0 OR collaborator_id = %(collaborator)s)
        AND %(aid_type)s IN (0, aid_type_id)
    UNION ALL
    SELECT
        c.collaborator_id, n.phase_id, n.aid_type_id,
        CASE m.stage WHEN 'COMMITTED' THEN m.delta ELSE 0 END,
        CASE m.stage WHEN 'DELIVERED' THEN m.delta ELSE 0 END,
        CASE m.stage WHEN 'RECEIVED' THEN m.delta ELSE 0 END
    FROM commitments_movement m
    JOIN commitments_commitmentline l ON l.id = m.line_id
    JOIN commitments_commitment c ON c.id = l.commitment_id
    JOIN needs_need n ON n.id = l.need_id
    WHERE m.at > %(after)s AND m.at <= %(until)s AND c.programme_id = %(programme)s
        AND (%(collaborator)s = 0 OR c.collaborator_id = %(collaborator)s)
        AND %(aid_type)s IN (0, n.aid_type_id)
) AS given
GROUP BY collaborator_id, phase_id, aid_type_id
