-- Keys and public names of a programme's aid types and phases, in the order they are shown.
SELECT 'aid type', id, position, slug, 0 FROM programmes_aidtype
WHERE programme_id = %(programme)s
UNION ALL
SELECT 'phase', id, number, '', number FROM programmes_phase
WHERE programme_id = %(programme)s
ORDER BY 1, 3, 4
