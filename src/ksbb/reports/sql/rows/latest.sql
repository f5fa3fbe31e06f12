-- The newest movements of a programme. SQLite joins in the order that is written, so that it
-- begins with the newest row and stops as soon as there are enough.
SELECT m.id
FROM commitments_movement m
CROSS JOIN commitments_commitmentline l
CROSS JOIN commitments_commitment c
WHERE l.id = m.line_id AND c.id = l.commitment_id
    AND c.programme_id = %(programme)s AND c.state <> %(untold)s
ORDER BY m.at DESC, m.id DESC
LIMIT %(limit)s
