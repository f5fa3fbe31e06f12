-- Changes of needs behind a number, newest first, before a place in the list.
SELECT a.id
FROM {tables}
WHERE n.id = a.need_id AND t.id = n.target_id
    AND n.aid_type_id = %(aid_type)s AND %(phase)s IN (0, n.phase_id)
    AND %(kind)s IN (0, t.kind_id) AND %(target)s IN (0, t.id)
    AND {inside}
    AND a.at > %(after)s AND (a.at, a.id) < (%(at)s, %(key)s)
ORDER BY a.at DESC, a.id DESC
LIMIT %(limit)s
