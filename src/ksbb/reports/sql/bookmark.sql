-- How far the ledgers of a programme are carried and added up; a row for each aid type that counts.
SELECT
    b.carried_until, b.closed_until,
    (
        SELECT MAX(o.at) FROM reports_openday o
        WHERE o.programme_id = b.programme_id AND o.at > b.closed_until AND o.at <= %(as_of)s
    ),
    b.rule, k.slug
FROM reports_bookmark b
LEFT JOIN programmes_aidtype k
    ON k.programme_id = b.programme_id AND k.counts_toward_fulfilment
WHERE b.programme_id = %(programme)s
ORDER BY k.slug
