-- The sums of a programme at the end of the last hour that is added up, at or before %(as_of)s.
SELECT at, sums
FROM reports_snapshot
WHERE programme_id = %(programme)s AND at <= %(as_of)s
ORDER BY at DESC
LIMIT 1
