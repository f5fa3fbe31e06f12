-- What changed day by day in one area; what lies before the first day counts to it.
-- 0 stands for every kind of place, and for every phase.
SELECT day, SUM(need), SUM(committed), SUM(delivered), SUM(received)
FROM (
    SELECT
        CASE WHEN day < %(first)s THEN %(first)s ELSE day END AS day,
        need, committed, delivered, received
    FROM reports_closing
    WHERE programme_id = %(programme)s AND level = %(level)s AND area = %(area)s
        AND day <= %(closed_on)s AND aid_type_id = %(aid_type)s
        AND %(kind)s IN (0, kind_id) AND %(phase)s IN (0, phase_id)
    UNION ALL
    SELECT %(opened_on)s, need, committed, delivered, received
    FROM reports_openday
    WHERE programme_id = %(programme)s AND at = %(opened)s AND level = %(level)s
        AND area = %(area)s AND aid_type_id = %(aid_type)s
        AND %(kind)s IN (0, kind_id) AND %(phase)s IN (0, phase_id)
    UNION ALL
    SELECT days.day, need, committed, delivered, received
    FROM ({changes}) AS change
    JOIN ({days}) AS days ON change.at > days.begins AND change.at <= days.ends
    WHERE (area = %(area)s OR area LIKE %(below)s) AND aid_type_id = %(aid_type)s
        AND %(kind)s IN (0, kind_id) AND %(phase)s IN (0, phase_id)
) AS sums
GROUP BY day
ORDER BY day
