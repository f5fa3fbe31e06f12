-- The newest movements of a programme. Whose they are is asked row by row, so that both engines begin
-- with the newest row and stop as soon as there are enough.
SELECT m.id
FROM commitments_movement m
WHERE (
    SELECT c.programme_id
    FROM commitments_commitmentline l
    JOIN commitments_commitment c ON c.id = l.commitment_id
    WHERE l.id = m.line_id AND c.state <> %(untold)s
) = %(programme)s
ORDER BY m.at DESC, m.id DESC
LIMIT %(limit)s
