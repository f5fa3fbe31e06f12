-- What stands of a bank row's answers is confirmed gifts to the aggregator whose account it is, each
-- once and together the row, or why it is none. What was taken back stands no more.
WITH standing AS (
    SELECT b.id, b.row_id, b.gift_id, b.sen FROM funds_bankanswer b
    WHERE NOT EXISTS (SELECT 1 FROM funds_banktakeback t WHERE t.answer_id = b.id)
), sums AS (
    SELECT row_id, sum(sen) AS sen FROM standing GROUP BY row_id
), gifts AS (
    SELECT gift_id, count(*) AS answers FROM standing WHERE gift_id IS NOT NULL GROUP BY gift_id
), judged AS (
    SELECT b.id, c.slug || ' / ' || a.name AS place,
        CASE WHEN NOT r.is_credit THEN 'direction'
            WHEN g.aggregator_id <> a.aggregator_id THEN 'aggregator'
            WHEN g.state <> 'CONFIRMED' THEN 'state'
            WHEN s.sen <> r.sen THEN 'sum'
            WHEN n.answers > 1 THEN 'gift' END AS what,
        coalesce(g.state, '-') AS state, s.sen, r.sen AS whole, n.answers
    FROM standing b
    JOIN funds_bankrow r ON r.id = b.row_id
    JOIN funds_bankaccount a ON a.id = r.account_id
    JOIN collaborators_collaborator c ON c.id = a.aggregator_id
    JOIN sums s ON s.row_id = b.row_id
    LEFT JOIN funds_gift g ON g.id = b.gift_id
    LEFT JOIN gifts n ON n.gift_id = b.gift_id
)
SELECT 'funds_bankanswer', id, place, what,
    CASE what WHEN 'sum' THEN CAST(sen AS varchar) WHEN 'gift' THEN CAST(answers AS varchar)
        ELSE state END,
    CASE what WHEN 'sum' THEN CAST(whole AS varchar) WHEN 'gift' THEN '1' ELSE 'CONFIRMED' END
FROM judged WHERE what IS NOT NULL ORDER BY id
