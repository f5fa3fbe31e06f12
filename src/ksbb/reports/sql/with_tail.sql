{stored}
UNION ALL
SELECT * FROM ({changes}) AS tail
