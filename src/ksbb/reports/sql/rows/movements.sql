-- Movements of one stage behind a number, newest first, before a place in the list.
-- SQLite joins in the order that is written; PostgreSQL chooses its own.
SELECT m.id
FROM {tables}
WHERE l.id = m.line_id AND c.id = l.commitment_id AND n.id = l.need_id AND t.id = n.target_id
    AND c.programme_id = %(programme)s AND m.stage = %(stage)s
    AND n.aid_type_id = %(aid_type)s AND %(phase)s IN (0, n.phase_id)
    AND %(kind)s IN (0, t.kind_id) AND %(target)s IN (0, t.id)
    AND %(giver)s IN (0, c.collaborator_id)
    AND {inside}
    AND m.at > %(after)s AND (m.at, m.id) < (%(at)s, %(key)s)
ORDER BY m.at DESC, m.id DESC
LIMIT %(limit)s
