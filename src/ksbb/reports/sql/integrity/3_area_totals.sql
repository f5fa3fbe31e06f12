-- What the map and the lists say of an area is the sum of the needs of its verified places.
WITH counted AS (
    SELECT
        n.phase_id, n.aid_type_id, l.length, substr(t.region_id, 1, l.length) AS area, t.kind_id,
        sum(n.quantity) AS quantity,
        sum(CASE WHEN n.quantity > n.committed THEN n.quantity ELSE 0 END) AS lacking,
        sum(n.committed) AS committed,
        count(*) AS places,
        sum(CASE WHEN n.quantity > n.committed THEN 1 ELSE 0 END) AS missing
    FROM needs_need n
    JOIN needs_target t ON t.id = n.target_id
    CROSS JOIN (SELECT 5 AS length UNION ALL SELECT 8 UNION ALL SELECT 13) l
    WHERE t.verification = 'VERIFIED'
    GROUP BY n.phase_id, n.aid_type_id, l.length, substr(t.region_id, 1, l.length), t.kind_id
), kept AS (
    SELECT
        phase_id, aid_type_id, length, area, kind_id, min(id) AS id,
        sum(quantity) AS quantity, sum(lacking) AS lacking, sum(committed) AS committed,
        sum(places) AS places, sum(missing) AS missing
    FROM needs_areatotal
    GROUP BY phase_id, aid_type_id, length, area, kind_id
), both_of AS (
    SELECT phase_id, aid_type_id, length, area, kind_id, 0 AS id,
        0 AS quantity, 0 AS lacking, 0 AS committed, 0 AS places, 0 AS missing,
        quantity AS quantity_now, lacking AS lacking_now, committed AS committed_now,
        places AS places_now, missing AS missing_now
    FROM counted
    UNION ALL
    SELECT phase_id, aid_type_id, length, area, kind_id, id,
        quantity, lacking, committed, places, missing, 0, 0, 0, 0, 0
    FROM kept
), compared AS (
    SELECT phase_id, aid_type_id, length, area, kind_id, max(id) AS id,
        sum(quantity) || ' / ' || sum(lacking) || ' / ' || sum(committed) || ' / '
            || sum(places) || ' / ' || sum(missing) AS stored,
        sum(quantity_now) || ' / ' || sum(lacking_now) || ' / ' || sum(committed_now) || ' / '
            || sum(places_now) || ' / ' || sum(missing_now) AS recounted
    FROM both_of
    GROUP BY phase_id, aid_type_id, length, area, kind_id
)
SELECT 'needs_areatotal', c.id, c.area || ' / ' || p.number || ' / ' || a.slug,
    'quantity / lacking / committed / places / missing', c.stored, c.recounted
FROM compared c
LEFT JOIN programmes_phase p ON p.id = c.phase_id
LEFT JOIN programmes_aidtype a ON a.id = c.aid_type_id
WHERE c.stored <> c.recounted
ORDER BY c.length, c.area, c.phase_id, c.aid_type_id, c.kind_id
